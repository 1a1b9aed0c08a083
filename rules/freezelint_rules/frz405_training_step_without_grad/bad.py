"""The decorator that belongs to the evaluation stands on the training step: backward raises."""

import torch
from torch import nn

model = nn.Linear(8, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


@torch.no_grad()  # expect: FRZ405
def train_step(x, y):
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()  # note: FRZ405
    optimizer.step()


try:
    train_step(torch.randn(4, 8), torch.tensor([0, 1, 2, 0]))
except RuntimeError as error:
    print(error)
