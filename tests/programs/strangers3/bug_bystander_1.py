# label: bug
# category: bystander
# rule: FRZ125
# line: 37
# truth: the deep copy is frozen and never used, the original feature extractor trains on
import copy
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self, w=8):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(5, w), nn.ReLU(), nn.Linear(w, w))

    def forward(self, x):
        return self.body(x)


class Head(nn.Module):
    def __init__(self, w=8, n=2):
        super().__init__()
        self.fc = nn.Linear(w, n)

    def forward(self, f):
        return self.fc(f)


def freeze_model(m):
    for p in m.parameters():
        p.requires_grad = False
    return m


backbone = Backbone()
head = Head()
frozen_backbone = freeze_model(copy.deepcopy(backbone))

opt = torch.optim.SGD(list(backbone.parameters()) + list(head.parameters()), lr=0.1)
for epoch in range(2):
    for _ in range(2):
        x, y = torch.randn(6, 5), torch.randint(0, 2, (6,))
        loss = nn.functional.cross_entropy(head(backbone(x)), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
