"""The context manager is entered by `with`, also when it is kept in a variable first."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

model.eval()
quiet = torch.no_grad()
with quiet:
    scores = model(torch.randn(4, 8))
print(scores.requires_grad)
