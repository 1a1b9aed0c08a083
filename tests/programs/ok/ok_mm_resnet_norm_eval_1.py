# label: ok
# category: mm-resnet-norm-eval
# rule: FRZ301,FRZ302,FRZ304
# truth: clean
import torch
import torch.nn as nn
from torch.nn.modules.batchnorm import _BatchNorm

BACKBONES = {}


def register_module(cls):
    BACKBONES[cls.__name__] = cls
    return cls


class BaseModule(nn.Module):
    def __init__(self, init_cfg=None):
        super().__init__()
        self.init_cfg = init_cfg


@register_module
class ResNet(BaseModule):
    def __init__(self, num_stages=2, frozen_stages=-1, norm_eval=True, init_cfg=None):
        super().__init__(init_cfg)
        self.frozen_stages, self.norm_eval = frozen_stages, norm_eval
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
        for i in range(1, num_stages + 1):
            self.add_module(f"layer{i}", nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU()))
        self._freeze_stages()

    def _freeze_stages(self):
        if self.frozen_stages >= 0:
            self.stem.eval()
            for param in self.stem.parameters():
                param.requires_grad = False
        for i in range(1, self.frozen_stages + 1):
            m = getattr(self, f"layer{i}")
            m.eval()
            for param in m.parameters():
                param.requires_grad = False

    def forward(self, x):
        return self.layer2(self.layer1(self.stem(x)))

    def train(self, mode=True):
        """Convert the model into training mode while keep normalization layer freezed."""
        super(ResNet, self).train(mode)
        self._freeze_stages()
        if mode and self.norm_eval:
            for m in self.modules():
                # trick: eval have effect on BatchNorm only
                if isinstance(m, _BatchNorm):
                    m.eval()
        return self


class Segmentor(BaseModule):
    def __init__(self, backbone):
        super().__init__()
        backbone = dict(backbone)
        self.backbone = BACKBONES[backbone.pop("type")](**backbone)
        self.head = nn.Conv2d(4, 2, 1)

    def forward(self, img, gt):
        return nn.functional.cross_entropy(self.head(self.backbone(img)), gt)


model = Segmentor(dict(type="ResNet", frozen_stages=1, norm_eval=True))
optim = torch.optim.SGD((p for p in model.parameters() if p.requires_grad), lr=0.05, momentum=0.9)
for i in range(3):
    model.train()
    losses = model(torch.rand(2, 3, 8, 8), torch.randint(0, 2, (2, 8, 8)))
    optim.zero_grad()
    losses.backward()
    optim.step()
