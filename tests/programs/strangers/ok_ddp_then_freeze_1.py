# label: ok
# category: ddp-then-freeze
# rule: FRZ501
# truth: the layers are frozen before the wrap
import os
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.fc = nn.Linear(4, 6), nn.Linear(6, 2)

    def forward(self, x):
        return self.fc(self.stem(x).relu())


def setup():
    f = os.path.join(tempfile.mkdtemp(), "store")
    dist.init_process_group("gloo", init_method=f"file://{f}", rank=0, world_size=1)


def freeze(model, names):
    for n, p in model.named_parameters():
        if any(k in n for k in names):
            p.requires_grad = False


def main(freeze_names=("stem",)):
    setup()
    torch.manual_seed(0)
    model = Net()
    freeze(model, freeze_names)
    ddp = DDP(model)
    optimizer = torch.optim.SGD([p for p in ddp.parameters() if p.requires_grad], lr=0.1)
    for step in range(3):
        loss = nn.functional.cross_entropy(ddp(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
