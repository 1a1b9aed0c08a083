# label: ok
# category: freeze-after-ddp
# rule: FRZ501
# truth: the freeze comes before the wrap: all steps run, the backbone stays
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP

store = os.path.join(tempfile.mkdtemp(), "store")
dist.init_process_group("gloo", init_method=f"file://{store}", rank=0, world_size=1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 8), nn.LayerNorm(8))
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


net = Net()
net.backbone.requires_grad_(False)
ddp = DDP(net)
optimizer = torch.optim.Adam((p for p in ddp.parameters() if p.requires_grad), lr=1e-2)
for _ in range(3):
    loss = nn.functional.cross_entropy(ddp(torch.randn(4, 6)), torch.tensor([0, 0, 1, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
dist.destroy_process_group()
