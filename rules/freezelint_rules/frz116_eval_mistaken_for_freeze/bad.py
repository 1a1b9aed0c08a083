"""`freeze_backbone` only switches the dropout off: the weights are in the optimizer and move."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Dropout(0.1))
        self.head = nn.Linear(16, 3)

    def freeze_backbone(self):
        self.backbone.eval()  # expect: FRZ116

    def forward(self, x):
        return self.head(self.backbone(x))


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)  # note: FRZ116
for _ in range(2):
    model.train()
    model.freeze_backbone()  # note: FRZ116
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()  # note: FRZ116
