# label: ok
# category: whole-critic-toggled
# rule: FRZ501
# truth: clean; nothing of a wrapped network that is frozen as a whole fires a hook, and three rounds run
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


def requires_grad(model, flag):
    for p in model.parameters():
        p.requires_grad = flag


torch.manual_seed(0)
dist.init_process_group(
    "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 'store')}", rank=0, world_size=1
)
generator = DDP(nn.Linear(2, 3))
critic = DDP(nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 1)))
opt_g = torch.optim.Adam(generator.parameters())
opt_c = torch.optim.Adam(critic.parameters())
for _ in range(3):
    requires_grad(generator, False)
    requires_grad(critic, True)
    opt_c.zero_grad()
    (critic(generator(torch.randn(4, 2))) - critic(torch.randn(4, 3))).mean().backward()
    opt_c.step()
    requires_grad(generator, True)
    requires_grad(critic, False)
    opt_g.zero_grad()
    (-critic(generator(torch.randn(4, 2)))).mean().backward()
    opt_g.step()
dist.destroy_process_group()
