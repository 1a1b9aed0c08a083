# label: ok
# category: name-set-freeze
# rule: FRZ301,FRZ113
# truth: clean
from collections import OrderedDict

import torch
from torch import nn

net = nn.Sequential(OrderedDict([
    ("stem", nn.Sequential(OrderedDict([("conv", nn.Conv2d(3, 4, 3)), ("norm", nn.BatchNorm2d(4)), ("act", nn.ReLU())]))),
    ("pool", nn.AdaptiveAvgPool2d(1)),
    ("flat", nn.Flatten()),
    ("head", nn.Linear(4, 2)),
]))
FROZEN = {"stem.conv.weight", "stem.conv.bias", "stem.norm.weight", "stem.norm.bias"}
owners = {name.rpartition(".")[0] for name in FROZEN}
for name, p in net.named_parameters():
    p.requires_grad = name not in FROZEN
optimizer = torch.optim.SGD([p for n, p in net.named_parameters() if n not in FROZEN], lr=0.1)
for epoch in range(2):
    net.train()
    for name in owners:
        net.get_submodule(name).eval()
    optimizer.zero_grad()
    net(torch.randn(2, 3, 8, 8)).square().sum().backward()
    optimizer.step()
