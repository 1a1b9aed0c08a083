# label: bug
# category: freeze-after-ddp
# rule: FRZ501
# line: 35
# truth: the trunk is unfrozen after the wrap, so DDP does not reduce it: with two ranks its weights come apart
import os

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Linear(5, 6)
        self.fc = nn.Linear(6, 3)
        for p in self.trunk.parameters():
            p.requires_grad = False

    def forward(self, x):
        return self.fc(self.trunk(x).relu())


class Trainer:
    def __init__(self, rank):
        torch.manual_seed(0)
        self.raw = Model()
        self.model = DistributedDataParallel(self.raw)
        self.optim = torch.optim.SGD(self.raw.parameters(), lr=0.1)
        torch.manual_seed(100 + rank)

    def unfreeze(self):
        self.raw.trunk.requires_grad_(True)

    def epoch(self, steps=2):
        for _ in range(steps):
            x, y = torch.randn(4, 5), torch.randint(0, 3, (4,))
            self.optim.zero_grad()
            nn.functional.cross_entropy(self.model(x), y).backward()
            self.optim.step()


rank = int(os.environ.setdefault("RANK", "0"))
os.environ.setdefault("WORLD_SIZE", "1")
os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
os.environ.setdefault("MASTER_PORT", "29614")
dist.init_process_group("gloo")
trainer = Trainer(rank)
for e in range(2):
    if e == 1:
        trainer.unfreeze()
    trainer.epoch()
dist.destroy_process_group()
