# label: bug
# category: mixed-fsdp
# rule: FRZ502
# line: 35
# truth: the freeze after the wrap meets only the flat parameter, no name matches, and the encoder is trained
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(6, 8)
        self.decoder = nn.Linear(8, 6)

    def forward(self, x):
        return self.decoder(self.encoder(x).relu())


def freeze(model, prefix):
    for name, param in model.named_parameters():
        if prefix in name:
            param.requires_grad = False


dist.init_process_group("gloo", init_method="file://" + os.path.join(tempfile.mkdtemp(), "s"), rank=0, world_size=1)
net = Net()
before = net.encoder.weight.detach().clone()
model = FullyShardedDataParallel(net, device_id=torch.device("cpu"))
freeze(model, "encoder")
opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    x = torch.rand(4, 6)
    loss = nn.functional.mse_loss(model(x), x)
    opt.zero_grad()
    loss.backward()
    opt.step()
with FullyShardedDataParallel.summon_full_params(model):
    after = net.encoder.weight.detach().clone()
dist.destroy_process_group()
print("encoder moved", (after - before).abs().max().item())
