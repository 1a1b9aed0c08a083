from torch import nn


class ConvBNAct(nn.Module):
    def __init__(self, c1, c2, s=1):
        super().__init__()
        self.conv = nn.Conv2d(c1, c2, 3, s, 1, bias=False)
        self.norm = nn.GroupNorm(2, c2)
        self.act = nn.SiLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


class Backbone(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.stem = ConvBNAct(3, width, 2)
        self.dark2 = ConvBNAct(width, width * 2, 2)
        self.dark3 = ConvBNAct(width * 2, width * 4, 2)

    def forward(self, x):
        return self.dark3(self.dark2(self.stem(x)))


class Detector(nn.Module):
    def __init__(self, width=4, num_classes=3):
        super().__init__()
        self.backbone = Backbone(width)
        self.head = nn.Conv2d(width * 4, num_classes + 5, 1)

    def forward(self, x):
        return self.head(self.backbone(x))
