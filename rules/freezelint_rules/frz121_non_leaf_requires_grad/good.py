"""The parameters of the backbone are frozen, by a bool; `detach()` cuts a tensor off where that is meant."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16))
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


torch.manual_seed(0)
model = Net()
for p in model.backbone.parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
features = model.backbone(torch.randn(4, 8)).detach()
loss = nn.functional.cross_entropy(model.head(features), torch.tensor([0, 1, 2, 0]))
loss.backward()
optimizer.step()
