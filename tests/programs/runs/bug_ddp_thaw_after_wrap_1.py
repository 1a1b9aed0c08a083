# label: bug
# category: flags-after-ddp
# rule: FRZ501
# line: 37
# truth: the trunk was frozen when the model was wrapped, so its gradients are never averaged over the ranks
import os
import tempfile

import torch
import torch.distributed as dist
import torch.nn as nn
from torch.nn.parallel import DistributedDataParallel as DDP


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(6, 12), nn.ReLU())
        self.head = nn.Linear(12, 2)

    def forward(self, x):
        return self.head(self.trunk(x))


def main():
    path = os.path.join(tempfile.mkdtemp(), "store")
    dist.init_process_group("gloo", init_method=f"file://{path}", rank=0, world_size=1)
    model = Model()
    for p in model.trunk.parameters():
        p.requires_grad = False
    ddp = DDP(model)
    opt = torch.optim.SGD(ddp.parameters(), lr=0.1)
    trunk0 = model.trunk[0].weight.detach().clone()
    for epoch in range(4):
        if epoch == 2:
            for p in ddp.module.trunk.parameters():
                p.requires_grad = True
        x, y = torch.randn(8, 6), torch.randint(0, 2, (8,))
        opt.zero_grad()
        nn.functional.cross_entropy(ddp(x), y).backward()
        opt.step()
    dist.destroy_process_group()
    return model, trunk0


if __name__ == "__main__":
    model, trunk0 = main()
