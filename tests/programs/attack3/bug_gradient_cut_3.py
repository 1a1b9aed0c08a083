# label: bug
# category: gradient-cut
# rule: FRZ401
# line: 40
# truth: detach() behind the neck cuts backbone and neck off the loss; only the box head moves
from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class DetCfg:
    width: int = 6
    num_classes: int = 3
    lr: float = 0.02
    freeze_backbone: bool = True


class FPN(nn.Module):
    def __init__(self, w):
        super().__init__()
        self.lateral = nn.Conv2d(w, w, 1)
        self.smooth = nn.Conv2d(w, w, 3, padding=1)

    def forward(self, f):
        return self.smooth(self.lateral(f).relu())


class Detector(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.backbone = nn.Conv2d(3, cfg.width, 3, 2, 1)
        self.neck = FPN(cfg.width)
        self.head = nn.Conv2d(cfg.width, 4 + cfg.num_classes, 1)
        if cfg.freeze_backbone:
            self.backbone.requires_grad_(False)

    def extract_feat(self, img):
        return self.neck(self.backbone(img)).detach()

    def forward(self, img):
        return self.head(self.extract_feat(img))


cfg = DetCfg()
det = Detector(cfg)
opt = torch.optim.AdamW((p for p in det.parameters() if p.requires_grad), lr=cfg.lr)
for _ in range(3):
    out = det(torch.rand(2, 3, 8, 8))
    loss = out[:, :4].abs().mean() + nn.functional.cross_entropy(out[:, 4:], torch.randint(0, 3, (2, 4, 4)))
    opt.zero_grad()
    loss.backward()
    opt.step()
