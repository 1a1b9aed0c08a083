# label: bug
# category: mixin-freeze
# rule: FRZ101
# line: 15
# truth: freeze_backbone() of the mixin sets an attribute on the module: the backbone moves
import torch
from torch import nn


class FreezeMixin:
    frozen_parts: tuple = ()

    def freeze_parts(self):
        for part in self.frozen_parts:
            getattr(self, part).requires_grad = False
        return self


class Regressor(FreezeMixin, nn.Module):
    frozen_parts = ("backbone",)

    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(5, 7)
        self.head = nn.Linear(7, 1)

    def forward(self, x):
        return self.head(self.backbone(x).relu())


model = Regressor().freeze_parts()
opt = torch.optim.RMSprop(model.parameters(), lr=1e-2)
for _ in range(2):
    opt.zero_grad()
    model(torch.randn(4, 5)).abs().sum().backward()
    opt.step()
