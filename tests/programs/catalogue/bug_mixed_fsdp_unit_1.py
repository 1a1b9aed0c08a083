# label: bug
# category: mixed-flags-in-one-unit
# rule: FRZ502
# line: 21
# truth: the wrap raises: Must flatten tensors with uniform `requires_grad` when `use_orig_params=False`
# raises: ValueError
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
for p in net[0].parameters():
    p.requires_grad = False
model = FSDP(net, device_id=torch.device("cpu"))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model(torch.randn(3, 4)).sum().backward()
optimizer.step()
