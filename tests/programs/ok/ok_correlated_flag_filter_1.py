# label: ok
# category: same-condition-guards-freeze-and-optimizer
# rule: FRZ201, FRZ301
# truth: clean; backbone.* stay still, statistics of backbone.1 stay still, classifier.* move
from dataclasses import dataclass, field

import torch
from torch import nn


@dataclass
class Config:
    freeze_backbone: bool = True
    lr: float = 1e-2
    steps: int = 3
    dims: list = field(default_factory=lambda: [5, 7, 2])


class Net(nn.Module):
    def __init__(self, dims):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(dims[0], dims[1]), nn.BatchNorm1d(dims[1]), nn.ReLU())
        self.classifier = nn.Linear(dims[1], dims[2])

    def forward(self, x):
        return self.classifier(self.backbone(x))


def train(cfg: Config) -> Net:
    net = Net(cfg.dims)
    if cfg.freeze_backbone:
        for p in net.backbone.parameters():
            p.requires_grad = False
    params = net.parameters()
    if cfg.freeze_backbone:
        params = net.classifier.parameters()
    opt = torch.optim.AdamW(params, lr=cfg.lr)
    for _ in range(cfg.steps):
        net.train()
        if cfg.freeze_backbone:
            net.backbone.eval()
        loss = nn.functional.cross_entropy(net(torch.randn(9, cfg.dims[0])), torch.randint(0, 2, (9,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
    return net


train(Config())
