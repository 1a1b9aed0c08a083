# label: ok
# category: wrapped-anew-after-unfreezing
# rule: FRZ501
# truth: clean; the second stage has a wrapper of its own
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


def stage(net, steps):
    model = DDP(net)
    optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        model(torch.randn(6, 4)).pow(2).mean().backward()
        optimizer.step()


torch.manual_seed(0)
dist.init_process_group(
    "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
)
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
net[0].requires_grad_(False)
stage(net, 2)
net[0].requires_grad_(True)
stage(net, 2)
dist.destroy_process_group()
