"""The scores are computed with gradients; an input that requires grad, and gets one, is no loss."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    x = torch.randn(4, 8)
    x.requires_grad_(True)
    scores = model(x)
    loss = nn.functional.cross_entropy(scores, torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(x.grad.shape, [p.grad.shape for p in model.parameters()])
