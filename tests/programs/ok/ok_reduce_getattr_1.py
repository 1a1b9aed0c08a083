# label: ok
# category: reduce-getattr
# rule: FRZ101
# truth: clean
from functools import reduce
from operator import attrgetter

import torch
from torch import nn

FREEZE = ["trunk.embed.weight", "trunk.embed.bias", "trunk.scale"]


class Trunk(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(3, 6)
        self.scale = nn.Parameter(torch.ones(6))

    def forward(self, x):
        return (self.embed(x) * self.scale).relu()


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = Trunk()
        self.out = nn.Linear(6, 1)

    def forward(self, x):
        return self.out(self.trunk(x))


def get_by_path(root, path):
    return reduce(getattr, path.split("."), root)


model = Model()
for path in FREEZE:
    get_by_path(model, path).requires_grad = False
attrgetter("trunk.scale")(model).requires_grad = False
opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    opt.zero_grad()
    model(torch.randn(4, 3)).pow(2).mean().backward()
    opt.step()
