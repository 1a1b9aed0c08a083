"""The loss has no history, for the scores are taken without gradients: backward runs, and nothing trains."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    with torch.no_grad():
        scores = model(torch.randn(4, 8))
    loss = nn.functional.cross_entropy(scores, torch.tensor([0, 1, 2, 0]))
    loss.requires_grad_(True)  # expect: FRZ407
    optimizer.zero_grad()
    loss.backward()  # note: FRZ407
    optimizer.step()
print([p.grad for p in model.parameters()])
