# label: ok
# category: property-returns-parameter
# rule: FRZ101
# truth: clean; rnn.* and decoder.* move, embed.weight stays still
import torch
from torch import nn


class CharModel(nn.Module):
    def __init__(self, vocab=20, dim=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.rnn = nn.GRU(dim, dim, batch_first=True)
        self.decoder = nn.Linear(dim, vocab)

    @property
    def embedding(self) -> nn.Parameter:
        return self.embed.weight

    def forward(self, ids):
        out, _ = self.rnn(self.embed(ids))
        return self.decoder(out)


lm = CharModel()
lm.embedding.requires_grad = False  # the property hands out the Parameter itself
opt = torch.optim.RMSprop(filter(lambda p: p.requires_grad, lm.parameters()), lr=1e-3)
text = torch.randint(0, 20, (4, 9))
for _ in range(3):
    logits = lm(text[:, :-1])
    loss = nn.functional.cross_entropy(logits.reshape(-1, 20), text[:, 1:].reshape(-1))
    opt.zero_grad()
    loss.backward()
    opt.step()
