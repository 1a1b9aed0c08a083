# label: bug
# category: type-set-flag
# rule: FRZ101
# line: 15
# truth: the convs are modules: the attribute freezes nothing
import torch
from torch import nn

FROZEN_TYPES = {nn.Conv2d, nn.BatchNorm2d}
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))
todo = list(net.children())
while todo:
    m = todo.pop()
    if type(m) in FROZEN_TYPES:
        m.requires_grad = False
    todo += list(m.children())
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    opt.zero_grad()
    net(torch.randn(2, 3, 8, 8)).sum().backward()
    opt.step()
