# label: ok
# category: mixin-freeze
# rule: FRZ101,FRZ105
# truth: clean
import torch
from torch import nn


class FrozenFlag:
    """Gives a module a requires_grad that is all of its parameters' flag."""

    @property
    def requires_grad(self):
        return any(p.requires_grad for p in self.parameters())

    @requires_grad.setter
    def requires_grad(self, value):
        for p in self.parameters():
            p.requires_grad_(value)


class Backbone(FrozenFlag, nn.Sequential):
    pass


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = Backbone(nn.Linear(5, 7), nn.ReLU())
        self.head = nn.Linear(7, 1)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Regressor()
model.backbone.requires_grad = False
opt = torch.optim.RMSprop([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    opt.zero_grad()
    model(torch.randn(4, 5)).abs().sum().backward()
    opt.step()
