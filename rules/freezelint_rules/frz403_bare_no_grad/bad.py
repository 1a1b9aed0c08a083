"""The context manager is made and dropped: the validation records gradients as before."""

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
torch.no_grad()  # expect: FRZ403
scores = model(torch.randn(4, 8))
print(scores.requires_grad)
