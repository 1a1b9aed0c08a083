# label: bug
# category: longer-table
# rule: FRZ114
# line: 27
# truth: the frozen table is made longer and wrapped anew, which makes it trainable: it moves
import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, length=4, d=6):
        super().__init__()
        self.places = nn.Parameter(torch.randn(1, length, d))
        self.mix = nn.Linear(d, d)
        self.head = nn.Linear(d, 2)

    def forward(self, x):
        return self.head(self.mix(x + self.places).mean(1))


def lengthen(model, more):
    old = model.places.detach()
    model.places = nn.Parameter(torch.cat([old, old[:, -1:].expand(-1, more, -1)], dim=1))


tagger = Tagger()
tagger.places.requires_grad = False
lengthen(tagger, 2)
optimizer = torch.optim.AdamW([p for p in tagger.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(tagger(torch.randn(4, 6, 6)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
