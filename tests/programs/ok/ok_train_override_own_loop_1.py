# label: ok
# category: train-override-by-hand
# rule: FRZ304, FRZ306, FRZ301, FRZ303
# truth: clean; tower.* stay still, statistics of tower.* stay still, joint.* move
"""train() is written out by hand: flag on self, recursion into the parts that train."""
from typing import TypeVar

import torch
from torch import nn

T = TypeVar("T", bound="Retriever")


class Retriever(nn.Module):
    frozen_parts: frozenset = frozenset({"tower"})

    def __init__(self) -> None:
        super().__init__()
        self.tower = nn.Sequential(nn.Linear(6, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.4))
        self.joint = nn.Sequential(nn.Linear(6, 6), nn.Dropout(0.1), nn.Linear(6, 6))
        for part in self.frozen_parts:
            getattr(self, part).eval().requires_grad_(False)

    def train(self: T, mode: bool = True) -> T:
        self.training = mode
        for name, child in self.named_children():
            child.train(mode and name not in self.frozen_parts)
        return self

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.normalize(self.joint(self.tower(x)), dim=-1)


net = Retriever()
optimizer = torch.optim.AdamW(net.joint.parameters(), lr=1e-2)
for _ in range(3):
    net.train()
    assert net.joint.training and not net.tower.training
    sim = net(torch.randn(8, 6)) @ net(torch.randn(8, 6)).T / 0.1
    loss = nn.functional.cross_entropy(sim, torch.arange(8))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    net.eval()
    assert not net.joint.training
