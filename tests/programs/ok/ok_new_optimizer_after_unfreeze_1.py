# label: ok
# category: new-optimizer-after-each-stage
# rule: FRZ203, FRZ204, FRZ114
# truth: clean; backbone.* move, head.* move; stage one leaves the backbone where it was
from typing import Iterable

import torch
from torch import nn, optim


class Detector(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv1d(2, 6, 3, padding=1), nn.GroupNorm(2, 6), nn.ReLU())
        self.head = nn.Conv1d(6, 4, 1)

    def forward(self, x):
        return self.head(self.backbone(x))


def make_optimizer(params: Iterable[nn.Parameter], lr: float) -> optim.Optimizer:
    return optim.AdamW((p for p in params if p.requires_grad), lr=lr)


def fit(det: Detector, optimizer: optim.Optimizer, epochs: int) -> None:
    for _ in range(epochs):
        boxes = det(torch.randn(3, 2, 10))
        loss = nn.functional.smooth_l1_loss(boxes, torch.zeros_like(boxes))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def two_stage() -> None:
    det = Detector()
    start = det.backbone[0].weight.detach().clone()
    for p in det.backbone.parameters():
        p.requires_grad = False
    fit(det, make_optimizer(det.parameters(), 1e-2), epochs=2)
    assert torch.equal(start, det.backbone[0].weight)

    for p in det.backbone.parameters():
        p.requires_grad = True
    fit(det, make_optimizer(det.parameters(), 1e-3), epochs=2)


two_stage()
