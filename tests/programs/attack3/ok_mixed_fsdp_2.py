# label: ok
# category: mixed-fsdp
# rule: FRZ502
# truth: the frozen encoder is a unit of its own, so each unit has one flag: all steps run
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP


class Captioner(nn.Module):
    def __init__(self):
        super().__init__()
        self.vision = nn.Sequential(nn.Linear(10, 8), nn.LayerNorm(8))
        self.text = nn.Linear(8, 12)

    def forward(self, x):
        return self.text(self.vision(x))


def shard(model):
    model.vision.requires_grad_(False)
    cpu = torch.device("cpu")
    model.vision = FSDP(model.vision, device_id=cpu, use_orig_params=False)
    return FSDP(model, device_id=cpu, use_orig_params=False)


dist.init_process_group("gloo", init_method="file://" + os.path.join(tempfile.mkdtemp(), "s"), rank=0, world_size=1)
model = shard(Captioner())
opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
steps = 0
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 10)), torch.randint(0, 12, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
    steps += 1
dist.destroy_process_group()
