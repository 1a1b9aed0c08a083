# label: bug
# category: cached-property-iterator
# rule: FRZ205
# line: 31
# truth: the cached generator was used up by the count: the optimizer's first group holds nothing and the adapter stands still
from functools import cached_property

import torch
from torch import nn


class Tuner(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(6, 6).requires_grad_(False)
        self.adapter = nn.Sequential(nn.Linear(6, 2), nn.ReLU(), nn.Linear(2, 6))
        self.head = nn.Linear(6, 1)

    def forward(self, x):
        h = self.body(x)
        return self.head(h + self.adapter(h))

    @cached_property
    def adapter_parameters(self):
        return (p for p in self.adapter.parameters() if p.requires_grad)


tuner = Tuner()
print("adapter size", sum(p.numel() for p in tuner.adapter_parameters))
optimizer = torch.optim.SGD([
    {"params": tuner.adapter_parameters, "lr": 0.1},
    {"params": tuner.head.parameters()},
], lr=0.01)
for _ in range(3):
    optimizer.zero_grad()
    tuner(torch.randn(4, 6)).square().mean().backward()
    optimizer.step()
