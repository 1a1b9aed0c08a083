# label: ok
# category: calibration-restores-the-flags
# rule: FRZ206, FRZ201, FRZ202, FRZ305
# truth: clean; net.* move, temperature moves; the network does not move while the temperature is fitted
from contextlib import contextmanager

import torch
from torch import nn


class Calibrated(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3))
        self.temperature = nn.Parameter(torch.ones(()))

    def forward(self, x):
        return self.net(x) / self.temperature


@contextmanager
def frozen(module):
    flags = [p.requires_grad for p in module.parameters()]
    module.requires_grad_(False)
    try:
        yield module
    finally:
        for p, flag in zip(module.parameters(), flags):
            p.requires_grad_(flag)


def ce(model):
    return nn.functional.cross_entropy(model(torch.randn(8, 6)), torch.randint(0, 3, (8,)))


model = Calibrated()
opt = torch.optim.SGD(model.net.parameters(), lr=0.1)
for round_ in range(2):
    for _ in range(2):
        opt.zero_grad()
        ce(model).backward()
        opt.step()
    with frozen(model.net):
        before = model.net[0].weight.clone()
        fit_t = torch.optim.SGD([model.temperature], lr=0.05)
        fit_t.zero_grad()
        ce(model).backward()
        fit_t.step()
        assert torch.equal(before, model.net[0].weight)
