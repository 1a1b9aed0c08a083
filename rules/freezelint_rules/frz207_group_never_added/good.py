"""Both lists reach the optimizer, each with a rate of its own."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Net()
backbone_params = list(model.backbone.parameters())
head_params = list(model.head.parameters())
optimizer = torch.optim.SGD([{"params": backbone_params, "lr": 0.01}, {"params": head_params}], lr=0.1)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
