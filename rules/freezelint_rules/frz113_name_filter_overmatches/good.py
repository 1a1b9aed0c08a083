"""The dot after the number ends it."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(*[nn.Linear(8, 8) for _ in range(12)])
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.layers(x))


torch.manual_seed(0)
model = Net()
for name, p in model.named_parameters():
    if "layers.1." in name:
        p.requires_grad = False

optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
