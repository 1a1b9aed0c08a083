# label: ok
# category: lazy-freeze
# rule: FRZ110
# truth: the map is drained by deque(maxlen=0): the backbone is frozen and stays
from collections import deque

import torch
from torch import nn


def consume(iterator):
    deque(iterator, maxlen=0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 6), nn.LayerNorm(6), nn.Linear(6, 6))
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


net = Net()
consume(map(lambda p: p.requires_grad_(False), net.backbone.parameters()))
opt = torch.optim.RMSprop(net.head.parameters(), lr=1e-3)
for _ in range(3):
    x = torch.randn(4, 6)
    loss = nn.functional.cross_entropy(net(x), torch.tensor([0, 1, 1, 0]))
    opt.zero_grad()
    loss.backward()
    opt.step()
