# label: bug
# category: mixed-fsdp
# rule: FRZ502
# line: 33
# truth: one FSDP unit with frozen and trainable parameters and use_orig_params=False: the wrap raises
# raises: ValueError
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP


class LoRALinear(nn.Module):
    def __init__(self, i, o, r=2):
        super().__init__()
        self.base = nn.Linear(i, o)
        self.a, self.b = nn.Linear(i, r, bias=False), nn.Linear(r, o, bias=False)
        self.base.requires_grad_(False)
        nn.init.zeros_(self.b.weight)

    def forward(self, x):
        return self.base(x) + self.b(self.a(x))


def main():
    store = os.path.join(tempfile.mkdtemp(), "store")
    dist.init_process_group("gloo", init_method=f"file://{store}", rank=0, world_size=1)
    model = nn.Sequential(LoRALinear(6, 8), nn.GELU(), LoRALinear(8, 2))
    try:
        model = FSDP(model, device_id=torch.device("cpu"), use_orig_params=False)
        optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
        for _ in range(2):
            loss = model(torch.randn(4, 6)).pow(2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    finally:
        dist.destroy_process_group()


main()
