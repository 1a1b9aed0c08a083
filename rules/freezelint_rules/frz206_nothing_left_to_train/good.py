"""Everything is frozen first, then the head is replaced by a new one, which requires grad."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.head = nn.Linear(16, 1000)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Net()
for p in model.parameters():
    p.requires_grad = False
model.head = nn.Linear(16, 3)
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
