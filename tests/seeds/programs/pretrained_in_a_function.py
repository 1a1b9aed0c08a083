"""The same network and the same mistakes in functions that other code is to call with its own data."""

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


def freeze(net, part):
    for name, weight in net.named_parameters():
        if part in name.split("."):
            weight.requires_grad = False  # expect: FRZ303


def finetune(train_batches, valid_batches):
    net = Extended(torchvision.models.alexnet(weights=None))
    freeze(net, "trunk")
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    for _ in range(2):
        net.train()
        for image, target in train_batches:
            optimizer.zero_grad()
            criterion(net(image), target).backward()
            optimizer.step()
        net.eval()
        with torch.no_grad():
            for image, target in valid_batches:
                print(criterion(net(image), target).item())
    return net
