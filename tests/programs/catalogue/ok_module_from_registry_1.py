# label: ok
# category: module-from-registry
# rule: FRZ124
# truth: the layer comes out of a table by name, so that there is something to freeze
import sys

import torch
from torch import nn

MADE = {"linear": nn.Linear(4, 4), "wide": nn.Linear(4, 8)}


class Net(nn.Module):
    def __init__(self, name):
        super().__init__()
        self.layer = MADE[name]
        self.requires_grad_(False)
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        return self.out(self.layer(x))


net = Net("linear" if len(sys.argv) < 9 else sys.argv[8])
optimizer = torch.optim.SGD(net.out.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(3, 4)).sum().backward()
    optimizer.step()
