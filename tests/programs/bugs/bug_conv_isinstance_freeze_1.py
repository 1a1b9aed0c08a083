# label: bug
# category: conv-isinstance-freeze
# rule: FRZ301
# line: 16
# truth: convs and norms are frozen by type, the statistics of the norms drift
import torch
from torch import nn

net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))


@net.apply
def freeze(m):
    if isinstance(m, (nn.Conv2d, nn.BatchNorm2d)):
        for p in m.parameters(recurse=False):
            p.requires_grad = False


opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    net.train()
    opt.zero_grad()
    net(torch.randn(2, 3, 8, 8)).square().sum().backward()
    opt.step()
