# label: ok
# category: consumed-map
# rule: FRZ110
# truth: the map that freezes is consumed by deque(maxlen=0) and by list()
import collections
import functools
import torch
from torch import nn


def consume(it):
    collections.deque(it, maxlen=0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.low, self.mid, self.top = nn.Linear(4, 6), nn.Linear(6, 6), nn.Linear(6, 1)

    def forward(self, x):
        return self.top(torch.relu(self.mid(torch.relu(self.low(x)))))


net = Net()
off = functools.partial(torch.Tensor.requires_grad_, requires_grad=False)
consume(map(off, net.low.parameters()))
frozen_list = list(map(lambda p: p.requires_grad_(False), net.mid.parameters()))
opt = torch.optim.SGD(net.top.parameters(), lr=0.1)
for _ in range(2):
    loss = net(torch.randn(4, 4)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
