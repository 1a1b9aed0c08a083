"""The same with the training that follows: no frozen weight moves, but the BatchNorm statistics of the trunk do."""

import torch
import torchvision
from torch import nn

resnet = torchvision.models.resnet18(weights=None)
for weight in resnet.parameters():
    weight.requires_grad = False  # expect: FRZ301
resnet.fc = nn.Linear(resnet.fc.in_features, 7)

optimizer = torch.optim.Adam(resnet.fc.parameters(), lr=1e-3)
for _ in range(2):
    resnet.train()
    loss = nn.functional.cross_entropy(resnet(torch.randn(2, 3, 64, 64)), torch.tensor([0, 6]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
