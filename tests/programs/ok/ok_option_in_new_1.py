# label: ok
# category: options-read-in-new
# rule: FRZ118, FRZ101, FRZ109, FRZ301
# truth: clean; image.* stay still, fuse.* move
"""Options are consumed in __new__; the tower class defines what `trainable` means."""
import torch
from torch import nn


class Tower(nn.Module):
    def __new__(cls, *args, freeze_tower=False, **kwargs):
        self = super().__new__(cls)
        self.__dict__["_freeze_tower"] = freeze_tower
        return self

    def __init__(self, width, freeze_tower=False):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(6, width), nn.LayerNorm(width), nn.GELU())
        self.trainable = not self._freeze_tower

    def __setattr__(self, name, value):
        if name == "trainable":
            for p in self.parameters():
                p.requires_grad = value
        super().__setattr__(name, value)

    def forward(self, x):
        return self.body(x)


class Fusion(nn.Module):
    def __init__(self):
        super().__init__()
        self.image = Tower(8, freeze_tower=True)
        self.fuse = nn.Linear(8, 4)

    def forward(self, x):
        return self.fuse(self.image(x))


fusion = Fusion()
fusion.image.trainable = False
opt = torch.optim.Adagrad([p for p in fusion.parameters() if p.requires_grad], lr=0.05)
for _ in range(3):
    fusion.train()
    opt.zero_grad()
    fusion(torch.randn(6, 6)).logsumexp(1).mean().backward()
    opt.step()
