"""The flag of the backbone alone is set: its BatchNorm goes on in train mode."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU())
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    model.train()
    model.backbone.training = False  # expect: FRZ306
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8) + 2), torch.tensor([0, 1, 2, 0]))  # note: FRZ306
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
