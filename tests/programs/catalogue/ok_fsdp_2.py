# label: ok
# category: per-parameter-sharding
# rule: FRZ502
# truth: clean; FSDP2 shards each parameter on its own
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard


def main():
    dist.init_process_group(
        "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
    )
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    for p in net[0].parameters():
        p.requires_grad = False
    fully_shard(net, mesh=init_device_mesh("cpu", (1,)))
    optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
    net(torch.randn(3, 4)).sum().backward()
    optimizer.step()
    flags = [p.requires_grad for p in net.parameters()]
    dist.destroy_process_group()
    return flags


flags = main()
