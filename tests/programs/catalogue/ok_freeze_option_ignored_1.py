# label: ok
# category: freeze-option-ignored
# rule: FRZ118
# truth: the base leaves the option to its subclasses; the one that is used reads it and freezes
from abc import ABC, abstractmethod

import torch
from torch import nn


class Builder(ABC):
    @abstractmethod
    def build(self, size, freeze=False):
        """Makes the network."""

    def describe(self, freeze=False):
        raise NotImplementedError


class Plain(Builder):
    def build(self, size, freeze=False):
        return nn.Linear(size, size)


class Frozen(Builder):
    def build(self, size, freeze=False):
        net = nn.Linear(size, size)
        net.requires_grad_(not freeze)
        return net


a, b = Plain().build(3, freeze=False), Frozen().build(3, freeze=True)
optimizer = torch.optim.SGD(a.parameters(), lr=0.1)
a(b(torch.randn(2, 3))).sum().backward()
optimizer.step()
print([p.requires_grad for p in (*a.parameters(), *b.parameters())])
