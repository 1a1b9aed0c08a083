"""A normalisation layer is frozen and the model left in train mode: its statistics change all the same."""

import torch
from torch import nn


class Tabular(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(5)
        self.out = nn.Linear(5, 2)

    def forward(self, x):
        return self.out(self.norm(x))


net = Tabular()
for weight in net.norm.parameters():
    weight.requires_grad = False  # expect: FRZ301
net.train()
optimizer = torch.optim.SGD(net.out.parameters(), lr=0.1)
for _ in range(3):
    loss = nn.functional.cross_entropy(net(torch.randn(4, 5) + 1), torch.tensor([0, 1, 1, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
