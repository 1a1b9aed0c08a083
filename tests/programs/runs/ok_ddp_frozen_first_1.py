# label: ok
# category: freeze-before-ddp
# rule: FRZ501
# truth: the trunk is frozen before the model is wrapped and stays so; the head moves
import os
import tempfile

import torch
import torch.distributed as dist
import torch.nn as nn
from torch.nn.parallel import DistributedDataParallel


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
    model.trunk.requires_grad_(False)
    ddp = DistributedDataParallel(model)
    head0 = model.head.weight.detach().clone()
    opt = torch.optim.SGD([p for p in ddp.parameters() if p.requires_grad], lr=0.1)
    for _ in range(3):
        ddp.train()
        opt.zero_grad()
        nn.functional.cross_entropy(ddp(torch.randn(8, 6)), torch.randint(0, 2, (8,))).backward()
        opt.step()
    dist.destroy_process_group()
    return model, head0


if __name__ == "__main__":
    model, head0 = main()
