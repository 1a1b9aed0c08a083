from torch import nn
from .registry import BACKBONES


@BACKBONES.register
class PlainBackbone(nn.Module):
    def __init__(self, widths, frozen_stages=-1):
        super().__init__()
        self.frozen_stages = frozen_stages
        self.stages = nn.ModuleList()
        cin = 3
        for w in widths:
            self.stages.append(nn.Sequential(nn.Conv2d(cin, w, 3, padding=1), nn.BatchNorm2d(w), nn.ReLU()))
            cin = w
        self.out_channels = cin
        self._freeze_stages()

    def _freeze_stages(self):
        for i in range(self.frozen_stages):
            for param in self.stages[i].parameters():
                param.requires_grad = False

    def forward(self, x):
        for stage in self.stages:
            x = stage(x)
        return x
