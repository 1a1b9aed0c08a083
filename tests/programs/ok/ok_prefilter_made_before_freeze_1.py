# label: ok
# category: filter-before-freeze
# rule: FRZ201, FRZ203, FRZ202
# truth: clean; stem.* stay still, blocks.* move, head.* move; blocks stop after their freeze
"""The optimizer is made first from what trains at that moment; a part of it is frozen later, for good."""
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(4, 8)
        self.blocks = nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 8)])
        self.head = nn.Linear(8, 1)

    def forward(self, x):
        x = self.stem(x).relu()
        for b in self.blocks:
            x = b(x).tanh()
        return self.head(x)


net = Net()
net.stem.requires_grad_(False)
optimizer = torch.optim.RAdam([p for p in net.parameters() if p.requires_grad], lr=1e-2)

for epoch in range(3):
    if epoch == 2:  # the schedule of FreezeOut: done with the lower blocks
        for p in net.blocks.parameters():
            p.requires_grad = False
    for _ in range(8):
        optimizer.zero_grad(set_to_none=True)
        net(torch.randn(10, 4)).sub(1).pow(2).mean().backward()
        optimizer.step()
assert not any(p.requires_grad for p in net.blocks.parameters())
