import os
import tempfile

import torch
import torch.distributed as dist
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP


class Sharded:
    def __init__(self, net):
        path = os.path.join(tempfile.mkdtemp(), "store")
        dist.init_process_group("gloo", init_method=f"file://{path}", rank=0, world_size=1)
        self.model = FSDP(net, use_orig_params=False, device_id=torch.device("cpu"))
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=0.01)

    def freeze_first(self):
        self.model.module[0].requires_grad_(False)

    def fit(self, steps):
        for _ in range(steps):
            self.optimizer.zero_grad()
            self.model(torch.randn(4, 6)).pow(2).mean().backward()
            self.optimizer.step()
