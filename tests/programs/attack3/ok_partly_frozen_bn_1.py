# label: ok
# category: partly-frozen-bn
# rule: FRZ120
# truth: the common base class covers 1d and 2d norms alike; all of them stand still
import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.proj = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        return self.out(self.proj(self.conv(x)))


def freeze_bn(m):
    if isinstance(m, _BatchNorm):
        m.eval()
        m.requires_grad_(False)


net = Net()
net.apply(freeze_bn)
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for epoch in range(2):
    net.train()
    net.apply(freeze_bn)
    loss = nn.functional.cross_entropy(net(torch.rand(4, 3, 5, 5)), torch.tensor([0, 1, 1, 0]))
    opt.zero_grad()
    loss.backward()
    opt.step()
