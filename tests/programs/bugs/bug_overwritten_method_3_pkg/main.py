# label: bug
# category: overwritten-method
# rule: FRZ105
# line: main.py:20
# truth: the freeze() method is overwritten by the option's value and never runs, encoder moves
from types import SimpleNamespace

import torch
from torch import nn

from encoder import Encoder

opts = SimpleNamespace(freeze=True, lr=0.1, width=8)


class Regressor(nn.Module):
    def __init__(self, opts):
        super().__init__()
        self.encoder = Encoder(opts.width)
        self.encoder.freeze = opts.freeze
        self.out = nn.Linear(opts.width, 1)

    def forward(self, x):
        return self.out(self.encoder(x))


net = Regressor(opts)
optimizer = torch.optim.SGD(net.parameters(), lr=opts.lr)
for _ in range(3):
    optimizer.zero_grad()
    net(torch.randn(10, 4)).square().mean().backward()
    optimizer.step()
