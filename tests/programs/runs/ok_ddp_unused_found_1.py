# label: ok
# category: freeze-after-ddp-with-unused-found
# rule: FRZ501
# truth: unused parameters are looked for, so that the trunk can be frozen after two steps; it stands still from then on
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn

store = os.path.join(tempfile.mkdtemp(), "store")
dist.init_process_group("gloo", init_method=f"file://{store}", rank=0, world_size=1)
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Linear(12, 2))
ddp = nn.parallel.DistributedDataParallel(model, find_unused_parameters=True)
optimizer = torch.optim.SGD(ddp.parameters(), lr=0.1)
kept = None
for step in range(5):
    if step == 2:
        ddp.module[0].requires_grad_(False)
        kept = model[0].weight.detach().clone()
    optimizer.zero_grad()
    nn.functional.cross_entropy(ddp(torch.randn(8, 6)), torch.randint(0, 2, (8,))).backward()
    optimizer.step()
dist.destroy_process_group()
