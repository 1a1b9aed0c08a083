# label: bug
# category: group-never-added
# rule: FRZ207
# line: 28
# truth: the group of the decoder is appended to the list after the optimizer was built from it: it is never stepped
import torch
from torch import nn


class Captioner(nn.Module):
    def __init__(self, vocab=12, d=6):
        super().__init__()
        self.visual = nn.Linear(10, d)
        self.word = nn.Embedding(vocab, d)
        self.decoder = nn.GRU(d, d, batch_first=True)
        self.out = nn.Linear(d, vocab)

    def forward(self, img, words):
        h0 = self.visual(img).unsqueeze(0)
        return self.out(self.decoder(self.word(words), h0)[0])


def setup(model, lr=1e-2):
    groups = []
    groups.append({"params": model.visual.parameters(), "lr": lr * 0.1})
    groups.append({"params": [*model.word.parameters(), *model.out.parameters()]})
    optim = torch.optim.Adam(groups, lr=lr)
    groups.append({"params": model.decoder.parameters()})
    return optim


torch.manual_seed(0)
cap = Captioner()
optim = setup(cap)
for _ in range(3):
    img, words = torch.randn(2, 10), torch.randint(0, 12, (2, 5))
    logits = cap(img, words[:, :-1])
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), words[:, 1:].flatten())
    optim.zero_grad()
    loss.backward()
    optim.step()
