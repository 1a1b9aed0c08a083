# label: bug
# category: freeze-option-never-read
# rule: FRZ118
# line: 30
# truth: freeze_backbone is never read: the backbone moves although the config asks for a freeze
import torch
from torch import nn

MODELS = {}


def register(cls):
    MODELS[cls.__name__] = cls
    return cls


class BasePose(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(1, width, 3, 2, 1), nn.ReLU(), nn.Conv2d(width, width, 3, 2, 1), nn.ReLU())

    def _maybe_freeze(self, flag):
        if flag:
            for p in self.backbone.parameters():
                p.requires_grad = False


@register
class PoseNet(BasePose):
    def __init__(self, width=4, joints=5, freeze_backbone=False):
        super().__init__(width)
        self.joints = joints
        self.regressor = nn.Linear(width, joints * 2)

    def forward(self, img):
        f = self.backbone(img).mean((2, 3))
        return self.regressor(f).view(-1, self.joints, 2)


def build(cfg):
    cfg = dict(cfg)
    return MODELS[cfg.pop("type")](**cfg)


config = {
    "model": {"type": "PoseNet", "width": 4, "joints": 5, "freeze_backbone": True},
    "solver": {"lr": 0.01, "epochs": 2},
}

torch.manual_seed(0)
model = build(config["model"])
opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=config["solver"]["lr"])
for epoch in range(config["solver"]["epochs"]):
    model.train()
    for _ in range(2):
        img, kp = torch.rand(4, 1, 16, 16), torch.rand(4, 5, 2)
        loss = nn.functional.smooth_l1_loss(model(img), kp)
        opt.zero_grad()
        loss.backward()
        opt.step()
