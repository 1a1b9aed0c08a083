"""The list of the head's parameters is built and then forgotten: the head never moves."""

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
head_params = list(model.head.parameters())  # expect: FRZ207
optimizer = torch.optim.SGD([{"params": backbone_params, "lr": 0.01}], lr=0.1)  # note: FRZ207
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
