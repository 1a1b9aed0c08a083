# label: ok
# category: units-wrapped-apart
# rule: FRZ502
# truth: clean; the frozen encoder is a unit of its own, by hand and by policy
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP
from torch.distributed.fsdp.wrap import ModuleWrapPolicy


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.encoder(x).relu())


cpu = torch.device("cpu")
dist.init_process_group(
    "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
)
net = Net()
net.encoder.requires_grad_(False)
net.encoder = FSDP(net.encoder, device_id=cpu)
first = FSDP(net, device_id=cpu)

other = Net()
other.encoder.requires_grad_(False)
second = FSDP(other, auto_wrap_policy=ModuleWrapPolicy({nn.Linear}), device_id=cpu)
for model in (first, second):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model(torch.randn(3, 4)).sum().backward()
    optimizer.step()
flags = [[p.requires_grad for p in model.parameters()] for model in (first, second)]
dist.destroy_process_group()
