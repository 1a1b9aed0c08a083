# label: ok
# category: validation-restores-every-mode
# rule: FRZ302, FRZ301, FRZ305
# truth: clean; backbone.* stay still, statistics of backbone.1 stay still, head.* move, statistics of head.1 move
"""Modes are set once; evaluating() remembers each module's mode and gives it back."""
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def evaluating(net):
    modes = {m: m.training for m in net.modules()}
    net.eval()
    try:
        with torch.no_grad():
            yield net
    finally:
        for m, mode in modes.items():
            m.training = mode


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.head = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))

    def forward(self, x):
        return self.head(self.backbone(x))


net = Net()
net.train()
net.backbone.requires_grad_(False).eval()
optimizer = torch.optim.Adam(net.head.parameters(), lr=1e-2)
for epoch in range(3):
    for _ in range(2):
        loss = nn.functional.cross_entropy(net(torch.randn(8, 6)), torch.randint(0, 2, (8,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with evaluating(net) as quiet:
        print(epoch, quiet(torch.randn(4, 6)).argmax(1).tolist())
    assert net.head.training and not net.backbone[1].training
