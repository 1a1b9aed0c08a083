# label: ok
# category: fsdp-orig-params
# rule: FRZ502
# truth: use_orig_params=True allows frozen and trainable parameters in one unit
import torch
from torch import nn
import torch.distributed as dist
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.head = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.trunk(x)))


def wrap(net, **kwargs):
    options = dict(use_orig_params=True, device_id=torch.device("cpu"))
    options.update(kwargs)
    return FSDP(net, **options)


dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
net = Net()
net.trunk.requires_grad_(False)
before = net.trunk.weight.detach().clone()
model = wrap(net)
opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = model(torch.randn(4, 4)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
dist.destroy_process_group()
