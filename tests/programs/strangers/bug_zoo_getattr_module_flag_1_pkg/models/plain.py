import torch
from torch import nn


def conv3x3(cin, cout, stride=1):
    return nn.Sequential(nn.Conv2d(cin, cout, 3, stride, 1, bias=False), nn.GroupNorm(2, cout), nn.ReLU(inplace=True))


class PlainNet(nn.Module):
    def __init__(self, widths, num_classes=10, frozen_stages=-1):
        super().__init__()
        self.frozen_stages = frozen_stages
        self.stem = conv3x3(3, widths[0])
        for i, (cin, cout) in enumerate(zip(widths[:-1], widths[1:])):
            self.add_module(f"stage{i + 1}", conv3x3(cin, cout, 2))
        self.num_stages = len(widths) - 1
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(widths[-1], num_classes)
        self._freeze_stages()

    def _freeze_stages(self):
        if self.frozen_stages >= 0:
            self.stem.requires_grad = False
        for i in range(1, self.frozen_stages + 1):
            m = getattr(self, f"stage{i}")
            m.requires_grad = False

    def forward(self, x):
        x = self.stem(x)
        for i in range(self.num_stages):
            x = getattr(self, f"stage{i + 1}")(x)
        return self.classifier(self.avgpool(x).flatten(1))


def plain10(**kwargs):
    return PlainNet([4, 8, 8], **kwargs)


def plain18(**kwargs):
    return PlainNet([4, 8, 16, 16], **kwargs)
