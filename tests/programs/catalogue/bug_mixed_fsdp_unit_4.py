# label: bug
# category: mixed-flags-in-one-unit
# rule: FRZ502
# line: 40
# truth: with --freeze the wrap raises ValueError: one unit holds frozen and trainable parameters
# raises: ValueError
import argparse
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed import fsdp

parser = argparse.ArgumentParser()
parser.add_argument("--tune", default="head")
parser.add_argument("--freeze", action="store_true")
args = parser.parse_args(["--freeze"])


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(3, 5)
        self.norm = nn.LayerNorm(5)
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        return self.head(self.norm(self.stem(x)))


model = Model()
if args.freeze:
    model.requires_grad_(False)
    model.head.requires_grad_(True)
dist.init_process_group(
    "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
)
sharded = fsdp.FullyShardedDataParallel(model, device_id=torch.device("cpu"))
optimizer = torch.optim.SGD(sharded.parameters(), lr=0.1)
sharded(torch.randn(2, 3)).sum().backward()
optimizer.step()
