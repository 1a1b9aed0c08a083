# label: bug
# category: reduce-getattr
# rule: FRZ101
# line: 43
# truth: reduce finds modules, and the attribute on them freezes nothing: the first block moves
from functools import reduce

import torch
from torch import nn

FREEZE = ["trunk.embed", "trunk.blocks.0"]


class Trunk(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(3, 6)
        self.blocks = nn.ModuleList(nn.Linear(6, 6) for _ in range(3))

    def forward(self, x):
        x = self.embed(x)
        for b in self.blocks:
            x = x + b(x).relu()
        return x


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = Trunk()
        self.out = nn.Linear(6, 1)

    def forward(self, x):
        return self.out(self.trunk(x))


def get_submodule(root, path):
    return reduce(getattr, path.split("."), root)


model = Model()
for path in FREEZE:
    get_submodule(model, path).requires_grad = False
opt = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(2):
    opt.zero_grad()
    model(torch.randn(4, 3)).pow(2).mean().backward()
    opt.step()
