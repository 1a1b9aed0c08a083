# label: ok
# category: name-filter-overmatch
# rule: FRZ113
# truth: the tower has four stages only, so "stages.1" meets just the one that is meant
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = nn.ModuleList([nn.Conv1d(2, 2, 3, padding=1) for _ in range(4)])

    def forward(self, x):
        for s in self.stages:
            x = s(x).relu()
        return x


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = Backbone()
        self.box = nn.Conv1d(2, 4, 1)

    def forward(self, x):
        return self.box(self.backbone(x))


det = Detector()
for name, p in det.named_parameters():
    if "stages.0" in name or "stages.1" in name:
        p.requires_grad = False
opt = torch.optim.SGD([p for p in det.parameters() if p.requires_grad], lr=0.1)
for i in range(2):
    loss = nn.functional.smooth_l1_loss(det(torch.randn(2, 2, 10)), torch.zeros(2, 4, 10))
    opt.zero_grad()
    loss.backward()
    opt.step()
