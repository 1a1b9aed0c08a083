# label: ok
# category: freeze-before-ddp
# rule: FRZ501
# truth: the freeze comes before the DDP wrapper, later code only reads the flags of model.module
import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.head = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.encoder(x)))


def prepare(freeze=True):
    model = Net()
    if freeze:
        model.encoder.requires_grad_(False)
    return DDP(model)


def main():
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    model = prepare()
    opt = torch.optim.SGD([p for p in model.module.parameters() if p.requires_grad], lr=0.1)
    for epoch in range(2):
        for _ in range(2):
            loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
            opt.zero_grad()
            loss.backward()
            opt.step()
        print(epoch, sum(p.requires_grad for p in model.module.parameters()))
    return model


if __name__ == "__main__":
    model = main()
