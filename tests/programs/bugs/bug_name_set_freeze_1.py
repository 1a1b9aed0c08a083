# label: bug
# category: name-set-freeze
# rule: FRZ301
# line: 20
# truth: the names of the set are frozen, the statistics of the norm between them drift
from collections import OrderedDict

import torch
from torch import nn

net = nn.Sequential(OrderedDict(
    stem=nn.Sequential(OrderedDict(conv=nn.Conv2d(3, 4, 3), norm=nn.BatchNorm2d(4), act=nn.ReLU())),
    pool=nn.AdaptiveAvgPool2d(1),
    flat=nn.Flatten(),
    head=nn.Linear(4, 2),
))
frozen = {name for name, _ in net.named_parameters()} - {f"head.{n}" for n, _ in net.head.named_parameters()}
for name, p in net.named_parameters():
    if name in frozen:
        p.requires_grad = False
optimizer = torch.optim.SGD([p for n, p in net.named_parameters() if n not in frozen], lr=0.1)
for epoch in range(2):
    net.train()
    optimizer.zero_grad()
    net(torch.randn(2, 3, 8, 8)).square().sum().backward()
    optimizer.step()
