# label: ok
# category: yield-groups
# rule: FRZ205
# truth: clean
import torch
from torch import nn


def stage_groups(model, lr):
    for depth, stage in enumerate(model[:-1]):
        params = [p for p in stage.parameters() if p.requires_grad]
        if not params:
            continue
        yield {"params": params, "lr": lr * 0.5**depth}


def param_groups(model, lr):
    yield from stage_groups(model, lr)
    yield {"params": model[-1].parameters(), "lr": lr}


net = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 2))
for p in net[0].parameters():
    p.requires_grad = False
for g in param_groups(net, 0.1):
    print(g["lr"])
optimizer = torch.optim.SGD(param_groups(net, 0.1), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(3, 4)).sum().backward()
    optimizer.step()
