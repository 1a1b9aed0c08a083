"""The flag is set on the modules and not on their parameters, which freezes nothing, nested or not."""

import torch
from torch import nn

net = nn.Sequential(nn.Sequential(nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 4)), nn.Linear(4, 2))
net[0].requires_grad = False  # expect: FRZ101
for part in net[0]:
    part.requires_grad = False  # expect: FRZ101

optimizer = torch.optim.SGD([weight for weight in net.parameters() if weight.requires_grad], lr=0.1)
net(torch.randn(4, 6)).pow(2).mean().backward()
optimizer.step()
