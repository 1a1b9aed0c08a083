"""Validation runs in a context that ends with it."""

import torch
from torch import nn

model = nn.Linear(8, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def validate():
    with torch.set_grad_enabled(False):
        return model(torch.randn(4, 8)).argmax(dim=1)


validate()
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(model.weight.grad is not None)
