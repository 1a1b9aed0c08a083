"""Counting the parameters uses the filter up: the optimizer gets an empty list."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))
model[0].requires_grad_(False)

trainable = filter(lambda p: p.requires_grad, model.parameters())  # note: FRZ205
print("trainable:", sum(p.numel() for p in trainable))  # note: FRZ205
try:
    optimizer = torch.optim.SGD(trainable, lr=0.1)  # expect: FRZ205
except ValueError as error:
    print(error)
