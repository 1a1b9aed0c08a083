# label: ok
# category: fsdp-mixed-flags
# rule: FRZ502
# truth: use_orig_params=True keeps the parameters apart
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP


class Seq(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(4, 6), nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.body(x).relu())


def shard(model, sharded=True):
    if not sharded:
        return model
    f = os.path.join(tempfile.mkdtemp(), "store")
    dist.init_process_group("gloo", init_method=f"file://{f}", rank=0, world_size=1)
    return FSDP(model, device_id=torch.device("cpu"), use_orig_params=True)


torch.manual_seed(0)
model = Seq()
model.body.requires_grad_(False)
model = shard(model)
opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = model(torch.randn(3, 4)).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
