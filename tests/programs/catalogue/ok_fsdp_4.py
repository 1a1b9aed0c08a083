# label: ok
# category: whole-unit-frozen
# rule: FRZ502
# truth: clean; each unit is frozen or trains as a whole
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP

dist.init_process_group(
    "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
)
cpu = torch.device("cpu")
teacher = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
for p in teacher.parameters():
    p.requires_grad = False
teacher = FSDP(teacher.eval(), device_id=cpu)
student = FSDP(nn.Linear(4, 2), device_id=cpu)
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for _ in range(2):
    x = torch.randn(3, 4)
    with torch.no_grad():
        target = teacher(x)
    optimizer.zero_grad()
    nn.functional.mse_loss(student(x), target).backward()
    optimizer.step()
flags = [p.requires_grad for p in teacher.parameters()], [p.requires_grad for p in student.parameters()]
dist.destroy_process_group()
