from torch import nn


class Encoder(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, dim, 3, 2, 1), nn.BatchNorm2d(dim)
        self.conv2, self.bn2 = nn.Conv2d(dim, dim, 3, 2, 1), nn.BatchNorm2d(dim)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        return self.bn2(self.conv2(x)).relu()
