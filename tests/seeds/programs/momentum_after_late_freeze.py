"""A freeze in mid-training under momentum. Cleared gradients are None since torch 2.0, and what has none is passed
over, so the momentum of the frozen layer does nothing."""

import torch
from torch import nn

net = nn.Sequential(nn.Linear(5, 4), nn.Linear(4, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for epoch in range(4):
    if epoch == 2:
        for weight in net[0].parameters():
            weight.requires_grad = False
        kept = net[0].weight.detach().clone()
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(torch.randn(3, 5)), torch.tensor([0, 1, 1])).backward()
    optimizer.step()
