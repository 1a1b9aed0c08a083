# label: ok
# category: unregistered-layers
# rule: FRZ119
# truth: every block of the list is also registered by add_module, so freezing reaches it
import torch
from torch import nn


class Tower(nn.Module):
    def __init__(self, n=3, d=5):
        super().__init__()
        self.blocks = []
        for i in range(n):
            block = nn.Sequential(nn.Linear(d, d), nn.ELU())
            self.add_module("block%d" % i, block)
            self.blocks.append(block)
        self.last = nn.Linear(d, 2)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.last(x)


tower = Tower()
tower.requires_grad_(False)
tower.last.requires_grad_(True)
opt = torch.optim.SGD(tower.last.parameters(), lr=0.1)
for _ in range(3):
    loss = nn.functional.cross_entropy(tower(torch.randn(4, 5)), torch.tensor([1, 1, 0, 0]))
    opt.zero_grad()
    loss.backward()
    opt.step()
