from torch import nn
from .registry import BACKBONES, HEADS
from . import backbone as _b


@HEADS.register
class PointHead(nn.Module):
    def __init__(self, num_classes, in_channels):
        super().__init__()
        self.cls = nn.Conv2d(in_channels, num_classes, 1)

    def forward(self, x):
        return self.cls(x)


class Detector(nn.Module):
    def __init__(self, backbone, head):
        super().__init__()
        self.backbone = BACKBONES.build(backbone)
        self.head = HEADS.build(head, in_channels=self.backbone.out_channels)

    def forward(self, img):
        return self.head(self.backbone(img))


def build_detector(cfg):
    return Detector(**cfg)
