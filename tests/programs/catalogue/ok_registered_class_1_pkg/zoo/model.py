from registry import BACKBONES, MODELS
from torch import nn


@MODELS.register
class Classifier(nn.Module):
    def __init__(self, backbone, width):
        super().__init__()
        self.backbone = BACKBONES.get(backbone)(width)
        self.head = nn.Linear(width, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


def build(cfg):
    options = dict(cfg)
    return MODELS[options.pop("type")](**options)
