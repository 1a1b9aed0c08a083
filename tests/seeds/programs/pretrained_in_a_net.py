"""A pretrained network inside another is frozen by name; the optimizer holds it all the same, and its dropout is active
while the new layers train."""

import torch
import torchvision
from torch import nn


class Extended(nn.Module):
    def __init__(self, trunk):
        super().__init__()
        self.trunk = trunk
        self.extra = nn.Sequential(nn.Linear(1000, 16), nn.ReLU(), nn.Linear(16, 2))

    def forward(self, image):
        return self.extra(self.trunk(image))


net = Extended(torchvision.models.alexnet(weights=None))
for name, weight in net.named_parameters():
    if "trunk" in name.split("."):
        weight.requires_grad = False  # expect: FRZ303

optimizer = torch.optim.Adam(net.parameters(), lr=0.001)  # expect: FRZ201

net = net.train()
for _ in range(2):
    scores = net(torch.randn(1, 3, 64, 64))
    optimizer.zero_grad()
    nn.functional.cross_entropy(scores, torch.tensor([1])).backward()
    optimizer.step()

net.eval()
with torch.no_grad():
    scores = net(torch.randn(1, 3, 64, 64))
