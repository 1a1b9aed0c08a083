"""The training step records gradients, the evaluation does not."""

import torch
from torch import nn

model = nn.Linear(8, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def train_step(x, y):
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


@torch.no_grad()
def evaluate(x, y):
    return (model(x).argmax(dim=1) == y).float().mean()


for _ in range(2):
    train_step(torch.randn(4, 8), torch.tensor([0, 1, 2, 0]))
print(evaluate(torch.randn(4, 8), torch.tensor([0, 1, 2, 0])))
