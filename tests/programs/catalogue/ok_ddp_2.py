# label: ok
# category: unused-parameters-are-looked-for
# rule: FRZ501
# truth: clean; both run four steps
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


def build(static):
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    options = {"static_graph": True} if static else {"find_unused_parameters": True}
    return DDP(net, **options)


def train(model, steps):
    for p in model.module[0].parameters():
        p.requires_grad = False
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        model(torch.randn(5, 4)).pow(2).mean().backward()
        optimizer.step()


torch.manual_seed(0)
dist.init_process_group(
    "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
)
for static in (False, True):
    train(build(static), 4)
dist.destroy_process_group()
