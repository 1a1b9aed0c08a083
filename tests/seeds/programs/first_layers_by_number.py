"""The first layers are frozen by counting, the later ones are fine-tuned."""

import torch
from torch import nn

net = nn.Sequential(*(nn.Linear(4, 4) for _ in range(6)))
for number, layer in enumerate(net.children()):
    if number < 4:
        for weight in layer.parameters():
            weight.requires_grad = False

optimizer = torch.optim.SGD([weight for weight in net.parameters() if weight.requires_grad], lr=0.1)
net(torch.randn(3, 4)).pow(2).mean().backward()
optimizer.step()
