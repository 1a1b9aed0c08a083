# label: ok
# category: type-set-flag
# rule: FRZ101,FRZ301,FRZ113
# truth: clean
import re

import torch
from torch import nn

FROZEN = re.compile(r"^[01]\.(weight|bias)$")
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))
frozen_names = {n for n, _ in net.named_parameters() if FROZEN.match(n)}
named = dict(net.named_parameters())
for module in map(named.__getitem__, sorted(frozen_names)):
    module.requires_grad = False
opt = torch.optim.SGD([p for n, p in named.items() if n not in frozen_names], lr=0.1)
todo = [net]
while todo:
    m = todo.pop()
    if type(m) in {nn.BatchNorm2d}:
        m.eval()
    todo += list(m.children())
for _ in range(2):
    opt.zero_grad()
    net(torch.randn(2, 3, 8, 8)).sum().backward()
    opt.step()
