# label: ok
# category: setattr-by-number
# rule: FRZ119
# truth: setattr registers each layer under a number; the dict is only an index of them
import sys

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.index = {}
        for i, width in enumerate(widths):
            head = nn.Linear(4, width)
            setattr(self, f"head{i}", head)
            self.index[width] = head
        self.body = nn.Linear(4, 4)

    def forward(self, x, width):
        return self.index[width](self.body(x))


net = Net([2, 3] if len(sys.argv) < 9 else list(map(int, sys.argv[1:])))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for width in (2, 3):
    optimizer.zero_grad()
    net(torch.randn(2, 4), width).sum().backward()
    optimizer.step()
