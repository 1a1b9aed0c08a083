# label: bug
# category: match-strategy
# rule: FRZ301
# line: 34
# truth: in the "head" strategy the statistics of the frozen trunk drift
from enum import Enum

import torch
from torch import nn


class Strategy(Enum):
    FULL = "full"
    HEAD = "head"
    NORMS = "norms"


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Conv1d(2, 4, 3), nn.BatchNorm1d(4), nn.ReLU())
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
        case Strategy.NORMS:
            net.requires_grad_(False)
            for m in net.modules():
                if isinstance(m, nn.BatchNorm1d):
                    m.requires_grad_(True)
        case other:
            raise ValueError(other)


net = Net()
apply_strategy(net, Strategy.HEAD)
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for epoch in range(2):
    net.train()
    for _ in range(2):
        opt.zero_grad()
        net(torch.randn(4, 2, 9)).logsumexp(1).mean().backward()
        opt.step()
    net.eval()
