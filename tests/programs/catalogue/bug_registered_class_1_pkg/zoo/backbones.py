from registry import BACKBONES
from torch import nn


@BACKBONES.register
class Convs(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(3, width, 3), nn.BatchNorm2d(width), nn.ReLU())
        for p in self.layers.parameters():
            p.requires_grad = False

    def forward(self, x):
        return self.layers(x).mean((2, 3))
