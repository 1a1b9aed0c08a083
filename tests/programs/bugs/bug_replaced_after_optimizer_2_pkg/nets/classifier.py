from torch import nn

from .base import HeadMixin


class TransferNet(HeadMixin, nn.Module):
    def __init__(self, n_classes=50):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(5, 10), nn.Hardswish())
        self.head = nn.Linear(10, n_classes)

    def forward(self, x):
        return self.head(self.trunk(x))
