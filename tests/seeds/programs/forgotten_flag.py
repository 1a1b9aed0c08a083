"""A loop that was to freeze and forgets the flag: everything trains, and no line says that it should not."""

import torch
from torch import nn

net = nn.Sequential(nn.Linear(5, 4), nn.Linear(4, 2))
for _weight in net[0].parameters():
    pass

optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
net(torch.randn(3, 5)).pow(2).mean().backward()
optimizer.step()
