"""A part is frozen and the optimizer is built from the parameters of the whole."""

import torch
from torch import nn

net = nn.Sequential(nn.Linear(5, 4), nn.Linear(4, 2))
for weight in net[0].parameters():
    weight.requires_grad = False  # note: FRZ201

optimizer = torch.optim.Adam(net.parameters())  # expect: FRZ201
net(torch.randn(3, 5)).pow(2).mean().backward()
optimizer.step()
