# label: bug
# category: partial-freezer
# rule: FRZ103
# line: 25
# truth: the lambda-style helper compares instead of assigning: the trunk moves
import functools

import torch
from torch import nn


class MultiTask(nn.Module):
    def __init__(self, tasks):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(6, 12), nn.Tanh())
        self.heads = nn.ModuleDict({k: nn.Linear(12, v) for k, v in tasks.items()})

    def forward(self, x):
        h = self.trunk(x)
        return {k: head(h) for k, head in self.heads.items()}


def _set(flag, module):
    for _, param in module.named_parameters():
        param.requires_grad == flag
    return module


freeze = functools.partial(_set, False)

model = MultiTask({"age": 1, "sex": 2})
freeze(model.trunk)
optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3)
for _ in range(3):
    out = model(torch.randn(5, 6))
    loss = sum(v.pow(2).mean() for v in out.values())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
