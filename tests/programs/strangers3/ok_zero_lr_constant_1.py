# label: ok
# category: zero-lr-constant
# rule: FRZ210
# truth: a group at lr 0 under a multiplicative schedule stays at 0: the backbone has no BatchNorm and does not move
import torch
from torch import nn
from torch.optim.lr_scheduler import ExponentialLR


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8))
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.backbone(x)))


def get_groups(net, lrs):
    return [{"params": getattr(net, k).parameters(), "lr": v} for k, v in lrs.items()]


net = Net()
opt = torch.optim.SGD(get_groups(net, {"backbone": 0.0, "head": 0.1}), momentum=0.9)
sched = ExponentialLR(opt, gamma=0.9)
for epoch in range(3):
    for _ in range(2):
        loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
    sched.step()
