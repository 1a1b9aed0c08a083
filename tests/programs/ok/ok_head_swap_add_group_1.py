# label: ok
# category: new-head-added-to-the-optimizer
# rule: FRZ204, FRZ203
# truth: clean; trunk.* move, heads.* move
"""Continual learning: a head per task; each new head joins the running optimizer as a group."""
import torch
from torch import nn


class Continual(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(6, 8), nn.ReLU())
        self.heads = nn.ModuleList()

    def new_task(self, classes, optimizer):
        for old in self.heads:
            old.requires_grad_(False)
        head = nn.Linear(8, classes)
        self.heads.append(head)
        optimizer.add_param_group({"params": list(head.parameters())})

    def forward(self, x):
        return self.heads[-1](self.trunk(x))


net = Continual()
optimizer = torch.optim.SGD(net.trunk.parameters(), lr=0.05)
for task, classes in enumerate([2, 3, 4]):
    net.new_task(classes, optimizer)
    for _ in range(2):
        y = torch.randint(0, classes, (10,))
        loss = nn.functional.cross_entropy(net(torch.randn(10, 6) + task), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
