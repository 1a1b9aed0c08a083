# label: ok
# category: property-iterator
# rule: FRZ205,FRZ206
# truth: clean
from functools import cached_property

import torch
from torch import nn


class Tuner(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(6, 6).requires_grad_(False)
        self.adapter = nn.Sequential(nn.Linear(6, 2), nn.Tanh(), nn.Linear(2, 6))
        self.head = nn.Linear(6, 1)

    def forward(self, x):
        h = self.body(x)
        return self.head(h + self.adapter(h))

    @property
    def adapter_parameters(self):
        return (p for p in self.adapter.parameters() if p.requires_grad)

    @cached_property
    def head_parameters(self):
        return list(self.head.parameters())


tuner = Tuner()
print("sizes", sum(p.numel() for p in tuner.adapter_parameters), sum(p.numel() for p in tuner.head_parameters))
optimizer = torch.optim.SGD([
    {"params": tuner.adapter_parameters, "lr": 0.1},
    {"params": tuner.head_parameters},
], lr=0.01)
for _ in range(3):
    optimizer.zero_grad()
    tuner(torch.randn(4, 6)).square().mean().backward()
    nn.utils.clip_grad_norm_(tuner.adapter_parameters, 5.0)
    nn.utils.clip_grad_norm_(tuner.head_parameters, 5.0)
    optimizer.step()
