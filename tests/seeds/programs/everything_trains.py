"""The remedy for a task that is far from the old one: every layer is set to train, in case one was frozen."""

import torch
from torch import nn

net = nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
for weight in net.parameters():
    weight.requires_grad = True

optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
loss = nn.functional.cross_entropy(net(torch.randn(3, 5)), torch.tensor([0, 1, 1]))
loss.backward()
optimizer.step()
