# label: ok
# category: match-strategy
# rule: FRZ301,FRZ206
# truth: clean
from enum import Enum

import torch
from torch import nn


class Strategy(Enum):
    FULL = "full"
    HEAD = "head"
    NONE = "none"


class Net(nn.Module):
    def __init__(self, norm):
        super().__init__()
        match norm:
            case "batch":
                layer = nn.BatchNorm1d(4)
            case "group":
                layer = nn.GroupNorm(2, 4)
            case _:
                layer = nn.Identity()
        self.trunk = nn.Sequential(nn.Conv1d(2, 4, 3), layer, nn.ReLU())
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.trunk(x).mean(-1))


def apply_strategy(net, strategy):
    match strategy:
        case Strategy.FULL:
            return
        case Strategy.HEAD:
            for p in net.trunk.parameters():
                p.requires_grad = False
        case Strategy.NONE:
            net.requires_grad_(False)


net = Net("group")
apply_strategy(net, Strategy.HEAD)
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for epoch in range(2):
    net.train()
    for _ in range(2):
        opt.zero_grad()
        net(torch.randn(4, 2, 9)).logsumexp(1).mean().backward()
        opt.step()
    net.eval()
