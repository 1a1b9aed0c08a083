"""The loop that sorts the parameters into groups makes all of them trainable again."""

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
for p in model.backbone.parameters():
    p.requires_grad = False  # expect: FRZ114
decay, plain = [], []
for p in model.parameters():
    p.requires_grad = True  # note: FRZ114
    (decay if p.ndim > 1 else plain).append(p)
optimizer = torch.optim.SGD([{"params": decay, "weight_decay": 1e-4}, {"params": plain}], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
