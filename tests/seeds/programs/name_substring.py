"""Two layers are frozen by a piece of their names, in a network in which no other name holds it."""

import torch
from torch import nn


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3)
        self.conv2 = nn.Conv2d(4, 8, 3)
        self.fc = nn.Linear(128, 5)

    def forward(self, image):
        return self.fc(self.conv2(self.conv1(image)).flatten(1))


net = Small()
for name, weight in net.named_parameters():
    if "conv1" in name or "conv2" in name:
        weight.requires_grad = False

optimizer = torch.optim.SGD([weight for weight in net.parameters() if weight.requires_grad], lr=0.1)
net(torch.randn(2, 3, 8, 8)).pow(2).mean().backward()
optimizer.step()
