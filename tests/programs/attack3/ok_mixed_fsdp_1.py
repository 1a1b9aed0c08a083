# label: ok
# category: mixed-fsdp
# rule: FRZ502
# truth: use_orig_params=True takes mixed flags: the frozen base stays, the adapter trains
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP

dist.init_process_group("gloo", init_method="file://" + os.path.join(tempfile.mkdtemp(), "s"), rank=0, world_size=1)


class Adapted(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.base = nn.Linear(d, d)
        self.adapter = nn.Linear(d, d)
        for p in self.base.parameters():
            p.requires_grad = False

    def forward(self, x):
        return self.base(x) + self.adapter(x)


inner = Adapted()
model = FSDP(inner, device_id=torch.device("cpu"), use_orig_params=True)
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = model(torch.randn(4, 6)).sub(1).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
flags = {n.split(".")[-2]: p.requires_grad for n, p in model.named_parameters()}
dist.destroy_process_group()
print(flags)
