# label: bug
# category: entered-by-hand
# rule: FRZ404
# line: 17
# truth: the context entered by hand is never left: backward raises
# raises: RuntimeError
import torch
from torch import nn


class Trainer:
    def __init__(self):
        self.net = nn.Linear(3, 3)
        self.opt = torch.optim.Adam(self.net.parameters())

    def sanity_check(self):
        torch.no_grad().__enter__()
        assert self.net(torch.zeros(1, 3)).shape == (1, 3)

    def train(self):
        for _ in range(2):
            self.opt.zero_grad()
            out = self.net(torch.randn(5, 3))
            loss = (out - 1).pow(2).mean()
            loss.backward()
            self.opt.step()


trainer = Trainer()
trainer.sanity_check()
trainer.train()
