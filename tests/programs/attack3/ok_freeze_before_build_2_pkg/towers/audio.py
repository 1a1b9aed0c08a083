from torch import nn

from .base import Tower


class AudioTower(Tower):
    def build(self):
        self.net = nn.Sequential(nn.Linear(16, 12), nn.GELU(), nn.Linear(12, self.dim))

    def forward(self, x):
        return self.net(x)
