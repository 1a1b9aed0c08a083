"""Asked to freeze the backbone, the function trains it."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16))
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


def set_frozen(module, freeze=True):
    for p in module.parameters():
        p.requires_grad = freeze  # expect: FRZ117


torch.manual_seed(0)
model = Net()
set_frozen(model.backbone, freeze=True)  # note: FRZ117

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
