"""The backbone is frozen before the model is wrapped."""

import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(8, 16)
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x).relu())


store = f"file://{os.path.join(tempfile.mkdtemp(), 'store')}"
dist.init_process_group("gloo", init_method=store, rank=0, world_size=1)
net = Net()
net.backbone.requires_grad_(False)
model = DistributedDataParallel(net)
optimizer = torch.optim.SGD(model.module.head.parameters(), lr=0.1)
steps, error = 0, ""
try:
    for _ in range(3):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        steps += 1
except RuntimeError as raised:
    error = str(raised)
dist.destroy_process_group()
