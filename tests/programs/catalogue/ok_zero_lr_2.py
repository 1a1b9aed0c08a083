# label: ok
# category: zero-lr
# rule: FRZ210
# truth: lr=0 is where the warm-up starts, for all there is
import torch
from torch import nn


class NoamOpt:
    def __init__(self, width, factor, warmup, optimizer):
        self.optimizer, self._step, self.width, self.factor, self.warmup = optimizer, 0, width, factor, warmup

    def step(self):
        self._step += 1
        rate = self.factor * self.width**-0.5 * min(self._step**-0.5, self._step * self.warmup**-1.5)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 1))
opt = NoamOpt(8, 2, 10, torch.optim.Adam(net.parameters(), lr=0, betas=(0.9, 0.98)))
for _ in range(5):
    opt.optimizer.zero_grad()
    net(torch.randn(8, 4)).pow(2).mean().backward()
    opt.step()
