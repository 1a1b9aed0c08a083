from torch import nn


class SegNet(nn.Module):
    def __init__(self, classes=3):
        super().__init__()
        conv = nn.Conv2d(1, 6, 3, padding=1, bias=False)
        self.enc = nn.Sequential(conv, nn.BatchNorm2d(6), nn.ReLU(), nn.Dropout2d(0.1))
        self.dec = nn.Conv2d(6, classes, 1)

    def forward(self, x):
        return self.dec(self.enc(x))
