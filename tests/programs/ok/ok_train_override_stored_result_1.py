# label: ok
# category: train-override-order-and-return
# rule: FRZ304, FRZ302, FRZ301
# truth: clean; ref.* and judge.* stay still, student.*.weight move, statistics of ref.1 stay still
"""Unusual but right: eval before and after, nn.Module.train called by name, its result handed back."""
import torch
from torch import nn


def net(width=6):
    return nn.Sequential(nn.Linear(4, width), nn.BatchNorm1d(width), nn.Tanh(), nn.Linear(width, 3))


class Frozen(nn.Module):
    """Never leaves eval mode."""

    def __init__(self, body):
        super().__init__()
        self.body = body.requires_grad_(False)
        self.train(False)

    def train(self, mode=True):
        return super().train(False)

    def forward(self, x):
        return self.body(x)


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.student = net()
        self.ref = net().requires_grad_(False)
        self.judge = Frozen(net(8))

    def train(self, mode=True):
        self.ref.eval()
        result = nn.Module.train(self, mode)
        self.ref.eval()
        return result

    def forward(self, x):
        return self.student(x), self.ref(x) + self.judge(x)


pair = Pair().train()
opt = torch.optim.SGD(pair.student.parameters(), lr=0.1)
for _ in range(3):
    pair = pair.train()
    mine, theirs = pair(torch.randn(16, 4))
    opt.zero_grad()
    nn.functional.mse_loss(mine, theirs).backward()
    opt.step()
assert not pair.judge.body.training and not pair.judge.body[1].training
