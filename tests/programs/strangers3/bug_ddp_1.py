# label: bug
# category: ddp
# rule: FRZ501
# line: 34
# truth: a layer is frozen in the epoch loop after DistributedDataParallel wrapped the model: the next forward raises
# raises: RuntimeError
import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.encoder(x)))


def unwrap(model):
    return model.module if hasattr(model, "module") else model


def main(freeze_at=1, epochs=2):
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    model = DDP(Net())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(epochs):
        if epoch == freeze_at:
            for p in unwrap(model).encoder.parameters():
                p.requires_grad = False
        for _ in range(2):
            loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


if __name__ == "__main__":
    main()
