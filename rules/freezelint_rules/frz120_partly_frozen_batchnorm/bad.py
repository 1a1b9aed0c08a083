"""`freeze_bn` asks for BatchNorm2d alone: the BatchNorm1d goes on updating its statistics."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.norm = nn.BatchNorm2d(4)
        self.project = nn.Linear(4, 8)
        self.norm_of_projection = nn.BatchNorm1d(8)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv(x))).mean((2, 3))
        return self.head(self.norm_of_projection(self.project(x)))


def freeze_bn(net):
    for m in net.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.eval()  # expect: FRZ120


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    model.train()
    freeze_bn(model)  # note: FRZ120
    loss = nn.functional.cross_entropy(model(torch.randn(4, 1, 8, 8)), torch.tensor([0, 1, 2, 0]))  # note: FRZ120
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
