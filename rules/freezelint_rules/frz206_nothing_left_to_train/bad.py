"""The freeze comes after the new head and takes it along: backward finds nothing that requires grad."""

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
model.head = nn.Linear(16, 3)
for p in model.parameters():
    p.requires_grad = False  # expect: FRZ206
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)  # note: FRZ206
try:
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()  # note: FRZ206
except RuntimeError as error:
    print(error)
