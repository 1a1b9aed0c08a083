"""A module of modules is frozen through its parameters, which include those of all that it contains."""

import torch
from torch import nn


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 4)
        self.second = nn.Linear(4, 3)

    def forward(self, x):
        return self.second(self.first(x))


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Pair()
        self.score = nn.Linear(3, 1)

    def forward(self, x):
        return self.score(self.inner(x))


net = Regressor()
for weight in net.inner.parameters():
    weight.requires_grad = False
optimizer = torch.optim.SGD([weight for weight in net.parameters() if weight.requires_grad], lr=0.1)
net(torch.randn(4, 6)).pow(2).mean().backward()
optimizer.step()
