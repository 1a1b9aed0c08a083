"""One unit holds the frozen backbone and the head that is to train: FSDP cannot make one flat parameter of both."""

import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(8, 16)
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x).relu())


store = f"file://{os.path.join(tempfile.mkdtemp(), 'store')}"
dist.init_process_group("gloo", init_method=store, rank=0, world_size=1)
net, error = Net(), ""
net.backbone.requires_grad_(False)  # note: FRZ502
try:
    model = FSDP(net, device_id=torch.device("cpu"))  # expect: FRZ502
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
    for _ in range(3):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
except ValueError as raised:
    error = str(raised)
dist.destroy_process_group()
