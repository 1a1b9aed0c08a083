# label: bug
# category: evaluating-context-trains-all
# rule: FRZ302
# line: 36
# truth: the context manager ends with model.train(), which puts the frozen trunk back in train mode: statistics drift
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def evaluating(model):
    modes = {m: m.training for m in model.modules()}
    try:
        model.eval()
        with torch.no_grad():
            yield model
    finally:
        model.train()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        return self.out(self.trunk(x))


torch.manual_seed(0)
net = Net().train()
net.trunk.requires_grad_(False)
net.trunk.eval()
opt = torch.optim.SGD(net.out.parameters(), lr=0.1)
for step in range(6):
    x, y = torch.randn(4, 4) + 2, torch.randint(0, 2, (4,))
    loss = nn.functional.cross_entropy(net(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    if step % 2 == 0:
        with evaluating(net) as m:
            print(step, (m(x).argmax(1) == y).float().mean().item())
