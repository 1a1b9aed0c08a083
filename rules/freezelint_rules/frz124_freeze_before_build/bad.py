"""The base class freezes itself before its subclass has built anything."""

import torch
from torch import nn


class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.requires_grad_(False)  # expect: FRZ124


class Extractor(Frozen):
    def __init__(self):
        super().__init__()  # note: FRZ124
        self.body = nn.Sequential(nn.Linear(8, 16), nn.ReLU())  # note: FRZ124

    def forward(self, x):
        return self.body(x)


model = nn.Sequential(Extractor(), nn.Linear(16, 3))  # note: FRZ124
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
