"""The same where gradients are cleared to zeros: the frozen layer keeps one of zero, and its momentum moves it."""

import torch
from torch import nn

net = nn.Sequential(nn.Linear(5, 4), nn.Linear(4, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for epoch in range(4):
    if epoch == 2:
        for weight in net[0].parameters():
            weight.requires_grad = False  # expect: FRZ202
        kept = net[0].weight.detach().clone()
    optimizer.zero_grad(set_to_none=False)
    nn.functional.cross_entropy(net(torch.randn(3, 5)), torch.tensor([0, 1, 1])).backward()
    optimizer.step()
