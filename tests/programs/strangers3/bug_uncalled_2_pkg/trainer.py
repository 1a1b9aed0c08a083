import torch
from torch import nn
from nets import SimpleNet


class Trainer:
    def __init__(self, cfg):
        self.cfg = cfg
        self.model = SimpleNet(cfg.dim, cfg.n_classes)

    def run(self):
        if self.cfg.freeze_backbone:
            self.model.freeze_backbone()
        opt = torch.optim.Adam(self.model.parameters(), lr=self.cfg.lr)
        for _ in range(self.cfg.steps):
            loss = nn.functional.cross_entropy(self.model(torch.randn(4, self.cfg.dim)), torch.tensor([0, 1, 2, 0]))
            opt.zero_grad()
            loss.backward()
            opt.step()
