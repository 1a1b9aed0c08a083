# label: ok
# category: momentum-freeze
# rule: FRZ308
# truth: momentum is lowered, not zero, in a network that trains as a whole
import torch
from torch import nn


class EffBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.dw = nn.Conv2d(c, c, 3, padding=1, groups=c, bias=False)
        self.bn = nn.BatchNorm2d(c)

    def forward(self, x):
        return x + nn.functional.silu(self.bn(self.dw(x)))


net = nn.Sequential(nn.Conv2d(3, 4, 3, 2), EffBlock(4), EffBlock(4), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))
for m in net.modules():
    if isinstance(m, nn.BatchNorm2d):
        m.momentum = 0.01
        m.eps = 1e-3
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0)
net.train()
for _ in range(2):
    loss = nn.functional.cross_entropy(net(torch.rand(4, 3, 9, 9)), torch.randint(0, 2, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
