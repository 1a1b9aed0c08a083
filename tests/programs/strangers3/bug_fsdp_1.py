# label: bug
# category: fsdp
# rule: FRZ502
# line: 28
# truth: one FSDP unit with use_orig_params=False holds frozen and trainable parameters
# raises: ValueError
import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.trunk(x)))


def setup():
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)


def wrap(model):
    return FSDP(model, use_orig_params=False, device_id=torch.device("cpu"))


setup()
net = Net()
for n, p in net.named_parameters():
    if n.startswith("trunk"):
        p.requires_grad = False
model = wrap(net)
opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = model(torch.randn(4, 4)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
