"""The features are computed by the backbone: their flag cannot be set, and no 0 is a flag."""

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
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
try:
    features = model.backbone(torch.randn(4, 8))
    features.requires_grad = False  # expect: FRZ121
    loss = nn.functional.cross_entropy(model.head(features), torch.tensor([0, 1, 2, 0]))
    loss.backward()
    optimizer.step()
except RuntimeError as error:
    print(error)
try:
    for p in model.backbone.parameters():
        p.requires_grad = 0  # expect: FRZ121
except RuntimeError as error:
    print(error)
