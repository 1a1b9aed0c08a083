# label: bug
# category: momentum-as-freeze
# rule: FRZ308
# line: 15
# truth: the running mean stays, yet net[:2] gives other features in train than in eval mode
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.Flatten(), nn.Linear(96, 2))
for p in net[:2].parameters():
    p.requires_grad = False
for m in net.modules():
    if isinstance(m, nn.BatchNorm2d):
        m.momentum = 0
optimizer = torch.optim.SGD(net[4].parameters(), lr=0.05)
net.train()
for _ in range(3):
    optimizer.zero_grad()
    net(torch.randn(4, 3, 6, 6) * 2 + 1).pow(2).mean().backward()
    optimizer.step()
