from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


def stage(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, stride=2, padding=1), nn.BatchNorm2d(o), nn.ReLU())


class ResNet(nn.Module):
    def __init__(self, widths, frozen_stages=-1, norm_eval=False):
        super().__init__()
        self.frozen_stages = frozen_stages
        self.norm_eval = norm_eval
        self.stem = stage(3, widths[0])
        self.layer1 = stage(widths[0], widths[1])
        self.layer2 = stage(widths[1], widths[2])
        self._freeze_stages()

    def _freeze_stages(self):
        names = ["stem", *(f"layer{i}" for i in range(1, self.frozen_stages + 1))] if self.frozen_stages >= 0 else []
        for name in names:
            part = getattr(self, name)
            part.eval()
            part.requires_grad_(False)

    def forward(self, x):
        return self.layer2(self.layer1(self.stem(x)))

    def train(self, mode=True):
        super(ResNet, self).train(mode)
        self._freeze_stages()
        if mode and self.norm_eval:
            for m in self.modules():
                # trick: eval only affects batch norm
                if isinstance(m, _BatchNorm):
                    m.eval()
        return self
