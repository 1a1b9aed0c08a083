"""The encoder is frozen by no_grad, and the adapter before it, which is to train, is cut off as well."""

import torch
from torch import nn

adapter = nn.Linear(6, 8)
encoder = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
encoder.requires_grad_(False)
head = nn.Linear(16, 3)
optimizer = torch.optim.SGD([*adapter.parameters(), *head.parameters()], lr=0.1)
for _ in range(2):
    x = adapter(torch.randn(4, 6))  # note: FRZ401
    with torch.no_grad():  # expect: FRZ401
        features = encoder(x)
    loss = nn.functional.cross_entropy(head(features), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()  # note: FRZ401
    optimizer.step()
print(adapter.weight.grad, head.weight.grad is not None)
