# label: ok
# category: collection-class-with-setter
# rule: FRZ107, FRZ101
# truth: clean; slow.* stay still, fast.* move
from collections import UserList

import torch
from torch import nn


class ParamBundle(UserList):
    """A list of parameters that passes the flag on to each of them."""

    @property
    def requires_grad(self):
        return all(p.requires_grad for p in self)

    @requires_grad.setter
    def requires_grad(self, flag):
        for p in self:
            p.requires_grad = flag

    def requires_grad_(self, flag=True):
        self.requires_grad = flag
        return self


class TwoSpeed(nn.Module):
    def __init__(self):
        super().__init__()
        self.slow = nn.Linear(4, 4)
        self.fast = nn.Linear(4, 4)

    def forward(self, x):
        return self.slow(x) + self.fast(x)


net = TwoSpeed()
bundle = ParamBundle(net.slow.parameters())
bundle.requires_grad = False
fast = ParamBundle(net.fast.parameters()).requires_grad_(True)
opt = torch.optim.SGD(list(fast), lr=0.1)
for _ in range(3):
    opt.zero_grad()
    net(torch.randn(6, 4)).pow(2).mean().backward()
    opt.step()
