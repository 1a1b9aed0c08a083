# label: bug
# category: inverted-flag
# rule: FRZ117
# line: 24
# truth: frozen_backbone=True leaves the backbone trainable, it moves with the mask head
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self, ch=4):
        super().__init__()
        self.c1 = nn.Conv2d(3, ch, 3, padding=1)
        self.c2 = nn.Conv2d(ch, ch, 3, padding=1)

    def forward(self, x):
        return self.c2(self.c1(x).relu()).relu()


class Segmenter(nn.Module):
    def __init__(self, n_classes: int, *, frozen_backbone: bool = False):
        super().__init__()
        self.backbone = Backbone()
        self.backbone.requires_grad_(frozen_backbone)
        self.mask_head = nn.Conv2d(4, n_classes, 1)

    def forward(self, x):
        return self.mask_head(self.backbone(x))


segmenter = Segmenter(2, frozen_backbone=True)
opt = torch.optim.Adam((p for p in segmenter.parameters() if p.requires_grad), lr=0.01)
for _ in range(2):
    img, seg = torch.randn(2, 3, 6, 6), torch.randint(0, 2, (2, 6, 6))
    opt.zero_grad()
    nn.functional.cross_entropy(segmenter(img), seg).backward()
    opt.step()
