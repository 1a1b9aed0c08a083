# label: ok
# category: freeze-after-ddp
# rule: FRZ501
# truth: frozen after the wrap, but DDP looks for unused parameters at each step: all steps run
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


def wrap(model):
    path = os.path.join(tempfile.mkdtemp(), "rdzv")
    dist.init_process_group("gloo", init_method="file://" + path, rank=0, world_size=1)
    return DistributedDataParallel(model, find_unused_parameters=True)


class TwoStage(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(4, 6), nn.Linear(6, 1)

    def forward(self, x):
        return self.second(self.first(x).tanh())


model = wrap(TwoStage())
opt = torch.optim.SGD(model.parameters(), lr=0.05)
for epoch in range(2):
    if epoch == 1:
        for p in model.module.first.parameters():
            p.requires_grad = False
    for _ in range(2):
        opt.zero_grad()
        model(torch.randn(6, 4)).pow(2).mean().backward()
        opt.step()
dist.destroy_process_group()
