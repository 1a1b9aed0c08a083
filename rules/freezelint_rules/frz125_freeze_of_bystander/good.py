"""The model is built on the frozen copy."""

import copy

import torch
from torch import nn

encoder = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16))
frozen = copy.deepcopy(encoder)
for p in frozen.parameters():
    p.requires_grad = False
model = nn.Sequential(frozen, nn.Linear(16, 3))
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
