from torch import nn


class SegNet(nn.Module):
    def __init__(self, ch=6):
        super().__init__()
        self.stem = nn.Conv2d(3, ch, 3, padding=1)
        self.stage1 = nn.Sequential(nn.Conv2d(ch, ch, 3, padding=1), nn.ELU())
        self.mask = nn.Conv2d(ch, 1, 1)

    def forward(self, x):
        return self.mask(self.stage1(self.stem(x).relu()))
