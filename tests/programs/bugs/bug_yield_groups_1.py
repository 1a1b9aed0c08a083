# label: bug
# category: yield-groups
# rule: FRZ205
# line: 27
# truth: the printing loop used up the generator of groups: the optimizer gets an empty list
# raises: ValueError
import torch
from torch import nn


def stage_groups(model, lr):
    for depth, stage in enumerate(model[:-1]):
        yield {"params": list(stage.parameters()), "lr": lr * 0.5**depth}


def param_groups(model, lr):
    yield from stage_groups(model, lr)
    yield {"params": list(model[-1].parameters()), "lr": lr}


net = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 2))
for p in net[0].parameters():
    p.requires_grad = False
groups = param_groups(net, 0.1)
for g in groups:
    print(g["lr"], sum(p.numel() for p in g["params"]))
optimizer = torch.optim.SGD(groups, lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(3, 4)).sum().backward()
    optimizer.step()
