# label: bug
# category: freeze-after-fsdp
# rule: FRZ502
# line: 32
# truth: the only parameter is the flat one, its name holds no "encoder", and it requires a gradient
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.encoder(x).relu())


def main():
    dist.init_process_group(
        "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
    )
    model = FullyShardedDataParallel(Net(), device_id=torch.device("cpu"))
    for name, p in model.named_parameters():
        if "encoder" in name:
            p.requires_grad = False
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.randn(5, 4)).pow(2).mean().backward()
        optimizer.step()
    flags = {name: p.requires_grad for name, p in model.named_parameters()}
    dist.destroy_process_group()
    return flags


torch.manual_seed(0)
flags = main()
