# label: ok
# category: original-parameters-kept
# rule: FRZ502
# truth: clean; two of four parameters train
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP

dist.init_process_group(
    "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
)
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
net[0].requires_grad_(False)
model = FSDP(net, use_orig_params=True, device_id=torch.device("cpu"))
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(3, 4)).sum().backward()
    optimizer.step()
flags = [p.requires_grad for p in model.parameters()]
dist.destroy_process_group()
