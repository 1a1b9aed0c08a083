"""After epoch 2 the backbone requires grad, and no optimizer holds it: it never moves."""

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
model.backbone.requires_grad_(False)  # note: FRZ203
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)  # note: FRZ203
for epoch in range(4):
    if epoch == 2:
        model.backbone.requires_grad_(True)  # expect: FRZ203
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()  # note: FRZ203
