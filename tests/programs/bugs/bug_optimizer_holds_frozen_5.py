# label: bug
# category: optimizer-holds-frozen
# rule: FRZ201
# line: 29
# truth: layers 0 to 2 are frozen by index yet stand in the optimizer's first group
import torch
from torch import nn


class LanguageModel(nn.Module):
    def __init__(self, n_layers=4, dim=8, vocab=20):
        super().__init__()
        self.tok = nn.Embedding(vocab, dim)
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(n_layers)])
        self.lm_head = nn.Linear(dim, vocab)

    def forward(self, ids):
        h = self.tok(ids)
        for layer in self.layers:
            h = h + layer(h).tanh()
        return self.lm_head(h)


lm = LanguageModel()
for i, layer in enumerate(lm.layers):
    for p in layer.parameters():
        p.requires_grad = i >= 3

optimizer = torch.optim.SGD(
    [
        {"params": lm.layers.parameters(), "lr": 1e-3},
        {"params": lm.tok.parameters(), "lr": 1e-3},
        {"params": lm.lm_head.parameters()},
    ],
    lr=1e-2,
)
text = torch.randint(0, 20, (4, 9))
for _ in range(4):
    logits = lm(text[:, :-1])
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), text[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
