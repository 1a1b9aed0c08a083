"""Validation switches gradients off for good: the first step after it raises."""

import torch
from torch import nn

model = nn.Linear(8, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def validate():
    torch.set_grad_enabled(False)  # expect: FRZ404
    return model(torch.randn(4, 8)).argmax(dim=1)


validate()  # note: FRZ404
try:
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
        optimizer.zero_grad()
        loss.backward()  # note: FRZ404
        optimizer.step()
except RuntimeError as error:
    print(error)
finally:
    torch.set_grad_enabled(True)
