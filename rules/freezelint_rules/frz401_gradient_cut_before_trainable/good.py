"""The encoder is frozen by its flags, so gradients pass through it to the adapter."""

import torch
from torch import nn

adapter = nn.Linear(6, 8)
encoder = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
encoder.requires_grad_(False)
head = nn.Linear(16, 3)
optimizer = torch.optim.SGD([*adapter.parameters(), *head.parameters()], lr=0.1)
for _ in range(2):
    features = encoder(adapter(torch.randn(4, 6)))
    loss = nn.functional.cross_entropy(head(features), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(adapter.weight.grad is not None, head.weight.grad is not None)
