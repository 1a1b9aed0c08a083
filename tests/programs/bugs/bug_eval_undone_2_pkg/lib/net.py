import torch
from torch import nn


class UNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.inc = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
        self.down = nn.Sequential(nn.MaxPool2d(2), nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4))
        self.up = nn.Upsample(scale_factor=2)
        self.outc = nn.Conv2d(8, classes, 1)

    def forward(self, x):
        a = self.inc(x)
        return self.outc(torch.cat([a, self.up(self.down(a))], dim=1))
