"""The backbone requires grad and is in no optimizer: its gradients pile up from step to step."""

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
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)  # expect: FRZ211
for _ in range(3):
    scores = model(torch.randn(4, 8))  # note: FRZ211
    loss = nn.functional.cross_entropy(scores, torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()  # note: FRZ211
