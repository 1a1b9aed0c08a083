# label: ok
# category: flag-on-a-buffer
# rule: FRZ101, FRZ108
# truth: clean; prototypes.* stay still, metric.* move; the centres are a buffer and follow by averaging only
"""Prototype classifier: the centres are a buffer, the flag on them is set out of caution."""
import torch
from torch import nn


class Prototypes(nn.Module):
    def __init__(self, classes=3, dim=6):
        super().__init__()
        self.prototypes = nn.Linear(4, dim)
        self.metric = nn.Linear(dim, dim)
        self.register_buffer("model", torch.zeros(classes, dim))
        self.model.requires_grad = False
        self.prototypes.weight.requires_grad = self.prototypes.bias.requires_grad = False

    def embed(self, x):
        return self.metric(self.prototypes(x).tanh())

    @torch.no_grad()
    def update(self, x, y, rate=0.1):
        z = self.embed(x)
        for c in y.unique():
            self.model[c] += rate * (z[y == c].mean(0) - self.model[c])

    def forward(self, x):
        return -torch.cdist(self.embed(x), self.model).pow(2)


torch.manual_seed(0)
net = Prototypes()
optimizer = torch.optim.SGD(net.metric.parameters(), lr=0.05)
for _ in range(4):
    x, y = torch.randn(12, 4), torch.arange(3).repeat(4)
    net.update(x, y)
    loss = nn.functional.cross_entropy(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
assert net.model.abs().sum() > 0 and not net.model.requires_grad
