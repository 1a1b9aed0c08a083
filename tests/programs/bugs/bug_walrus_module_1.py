# label: bug
# category: walrus-module
# rule: FRZ101
# line: 22
# truth: backbone is a module: the attribute freezes nothing and it moves
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(self.backbone(x))


net = Net()
if (part := getattr(net, "backbone", None)) is not None:
    part.requires_grad = False
opt = torch.optim.SGD(params=net.parameters(), lr=0.5)
i = 0
while (i := i + 1) <= 3:
    opt.zero_grad()
    net(torch.randn(3, 4)).exp().mean().backward()
    opt.step()
