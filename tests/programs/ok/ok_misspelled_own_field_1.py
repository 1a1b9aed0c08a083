# label: ok
# category: other-classes-define-the-name
# rule: FRZ102, FRZ101
# truth: clean; bank.* move; the scalar graph beside the model reads its own require_grad field
"""Checks a hand-written autograd toy against torch; its nodes carry a flag named `require_grad`."""
import torch
from torch import nn


class Scalar:
    def __init__(self, value, parents=(), require_grad=True):
        self.value, self.parents = value, parents
        self.require_grad = require_grad
        self.grad = 0.0

    def __mul__(self, other):
        return Scalar(self.value * other.value, ((self, other.value), (other, self.value)))

    def backward(self, seed=1.0):
        if not self.require_grad:
            return
        self.grad += seed
        for parent, slope in self.parents:
            parent.backward(seed * slope)


a, b = Scalar(3.0), Scalar(4.0)
b.require_grad = False
setattr(a, "require_grad", True)
(a * b).backward()
assert a.grad == 4.0 and b.grad == 0.0


class Bank(nn.Module):
    def __init__(self):
        super().__init__()
        self.bank = nn.Linear(2, 1)

    def forward(self, x):
        return self.bank(x)


net = Bank()
opt = torch.optim.SGD(net.parameters(), lr=a.grad / 100)
for _ in range(3):
    opt.zero_grad()
    net(torch.tensor([[a.value, b.value]])).sum().backward()
    opt.step()
