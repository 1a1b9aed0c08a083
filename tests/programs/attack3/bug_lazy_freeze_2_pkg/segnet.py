from torch import nn


class SegNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.stage1 = nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU())
        self.stage2 = nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU())
        self.decode_head = nn.Conv2d(4, classes, 1)

    def forward(self, x):
        return self.decode_head(self.stage2(self.stage1(self.stem(x))))
