# label: bug
# category: module-attr
# rule: FRZ101
# line: 42
# truth: block0 and block1 are reported as frozen but their weights move with the rest
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Config:
    hidden: int = 10
    lr: float = 0.02
    frozen_blocks: list = field(default_factory=lambda: [0, 1])
    epochs: int = 2


class Stack(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.block0 = nn.Linear(6, cfg.hidden)
        self.block1 = nn.Linear(cfg.hidden, cfg.hidden)
        self.block2 = nn.Linear(cfg.hidden, 1)

    def forward(self, x):
        x = torch.tanh(self.block0(x))
        return self.block2(torch.tanh(self.block1(x)))


class Runner:
    def __init__(self, cfg):
        self.cfg = cfg
        self.net = Stack(cfg)
        self._freeze()
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=cfg.lr)

    def _freeze(self):
        for i in self.cfg.frozen_blocks:
            getattr(self.net, f"block{i}").requires_grad = False

    def fit(self):
        for _ in range(self.cfg.epochs):
            for _ in range(2):
                x = torch.randn(8, 6)
                loss = F.mse_loss(self.net(x), x.sum(1, keepdim=True))
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()


Runner(Config()).fit()
