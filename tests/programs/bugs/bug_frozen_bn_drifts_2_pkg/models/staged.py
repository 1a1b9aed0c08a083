from torch import nn

from .base import BaseBackbone


class StagedNet(BaseBackbone):
    def __init__(self, widths, classes, **kwargs):
        super().__init__(**kwargs)
        self.stage1 = self._stage(3, widths[0])
        self.stage2 = self._stage(widths[0], widths[1])
        self.decode = nn.Conv2d(widths[1], classes, 1)
        self._freeze_stages()

    def _stage(self, cin, cout):
        return nn.Sequential(nn.Conv2d(cin, cout, 3, padding=1), nn.BatchNorm2d(cout), nn.ReLU())

    def forward(self, x):
        return self.decode(self.stage2(self.stage1(x)))


def build_segmentor(cfg):
    kinds = {"StagedNet": StagedNet}
    cfg = dict(cfg)
    return kinds[cfg.pop("type")](**cfg)
