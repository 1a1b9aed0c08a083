from torch import nn
from .backbone import ConvBackbone


class Detector(nn.Module):
    def __init__(self, backbone, num_classes):
        super().__init__()
        self.backbone = ConvBackbone(**backbone)
        self.head = nn.Conv2d(4, num_classes, 1)

    def forward(self, x):
        return self.head(self.backbone(x))
