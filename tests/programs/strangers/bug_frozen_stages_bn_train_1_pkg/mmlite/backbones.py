import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


class ResStage(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, 2, 1, bias=False)
        self.bn = nn.BatchNorm2d(cout)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.bn(self.conv(x)))


class ResBackbone(nn.Module):
    def __init__(self, in_channels=3, widths=(4, 8, 8), frozen_stages=-1, norm_eval=False):
        super().__init__()
        self.frozen_stages, self.norm_eval = frozen_stages, norm_eval
        self.res_layers = []
        for i, w in enumerate(widths):
            name = f"layer{i + 1}"
            self.add_module(name, ResStage(in_channels, w))
            self.res_layers.append(name)
            in_channels = w
        self._freeze_stages()

    def _freeze_stages(self):
        for i in range(1, self.frozen_stages + 1):
            m = getattr(self, f"layer{i}")
            for param in m.parameters():
                param.requires_grad = False

    def forward(self, x):
        outs = []
        for name in self.res_layers:
            x = getattr(self, name)(x)
            outs.append(x)
        return outs

