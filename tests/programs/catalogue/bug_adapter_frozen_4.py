# label: bug
# category: adapter-frozen-with-base
# rule: FRZ503
# line: 33
# truth: the adapters are frozen with the blocks: 2 of 14 parameters train, those of the head
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(dim, dim), nn.GELU())
        self.adapter_down = nn.Linear(dim, 2)
        self.adapter_up = nn.Linear(2, dim)

    def forward(self, x):
        x = x + self.mlp(x)
        return x + self.adapter_up(self.adapter_down(x).relu())


class Adapted(nn.Module):
    def __init__(self, dim=6, depth=2, freeze_base=True):
        super().__init__()
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.head = nn.Linear(dim, 3)
        if freeze_base:
            self.freeze()

    def freeze(self):
        for block in self.blocks:
            for p in block.parameters():
                p.requires_grad_(False)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(x)


def main():
    model = Adapted()
    optimizer = torch.optim.SGD((p for p in model.parameters() if p.requires_grad), lr=0.1)
    for _ in range(3):
        x = torch.randn(5, 6)
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), torch.randint(0, 3, (5,))).backward()
        optimizer.step()
    return model


torch.manual_seed(0)
model = main()
