"""Layers are unfrozen one by one, but the optimizer was built before and never hears of them."""

import torch
from torch import nn


class Tower(nn.Module):
    def __init__(self):
        super().__init__()
        self.low = nn.Linear(5, 5)
        self.high = nn.Linear(5, 4)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.high(self.low(x)))


net = Tower()
net.low.requires_grad_(False)
net.high.requires_grad_(False)
optimizer = torch.optim.Adam([weight for weight in net.parameters() if weight.requires_grad])
for epoch in range(6):
    if epoch == 2:
        net.high.requires_grad_(True)  # expect: FRZ203
    if epoch == 4:
        net.low.requires_grad_(True)  # expect: FRZ203
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(torch.randn(3, 5)), torch.tensor([0, 1, 1])).backward()
    optimizer.step()
