# label: bug
# category: module-attr
# rule: FRZ101
# line: 35
# truth: freezing stages with getattr(self, f"layer{i}") and an attribute on the module: the stages still require grad and move
import torch
from torch import nn


class Stage(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, padding=1)
        self.norm = nn.GroupNorm(1, cout)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))


class Backbone(nn.Module):
    def __init__(self, frozen_stages=-1, channels=(4, 8, 8)):
        super().__init__()
        self.frozen_stages = frozen_stages
        cin = 3
        for i, c in enumerate(channels, 1):
            setattr(self, f"layer{i}", Stage(cin, c))
            cin = c
        self.out_channels = cin
        self._freeze_stages()

    def _freeze_stages(self):
        for i in range(1, self.frozen_stages + 1):
            m = getattr(self, f"layer{i}")
            m.eval()
            m.requires_grad = False

    def forward(self, x):
        for i in range(1, 4):
            x = getattr(self, f"layer{i}")(x)
        return x


class Detector(nn.Module):
    def __init__(self, backbone, num_classes=2):
        super().__init__()
        self.backbone = backbone
        self.cls_head = nn.Conv2d(backbone.out_channels, num_classes, 1)
        self.box_head = nn.Conv2d(backbone.out_channels, 4, 1)

    def forward(self, x):
        feat = self.backbone(x)
        return self.cls_head(feat), self.box_head(feat)


detector = Detector(Backbone(frozen_stages=2))
optimizer = torch.optim.SGD(detector.parameters(), lr=0.02)
for it in range(3):
    detector.train()
    cls, box = detector(torch.randn(2, 3, 8, 8))
    loss = cls.pow(2).mean() + box.abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
