from torch import nn


class Matcher(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6))
        self.right = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6))

    def freeze_bn(self):
        for layer in (self.left[1], self.right[1]):
            layer.momentum = 0

    def forward(self, a, b):
        return (self.left(a) * self.right(b)).sum(1)
