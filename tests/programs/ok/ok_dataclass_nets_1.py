# label: ok
# category: dataclass-nets
# rule: FRZ302,FRZ301
# truth: clean
from dataclasses import dataclass, field, fields

import torch
from torch import nn
from torch.nn import functional as F


def mlp(width):
    return nn.Sequential(nn.Linear(6, width), nn.BatchNorm1d(width), nn.ReLU(), nn.Linear(width, 3))


@dataclass
class Nets:
    student: nn.Module
    teacher: nn.Module = field(default_factory=lambda: mlp(32), metadata={"frozen": True})

    def __post_init__(self):
        for f in fields(self):
            if f.metadata.get("frozen"):
                getattr(self, f.name).requires_grad_(False).eval()

    def train(self):
        for f in fields(self):
            getattr(self, f.name).train(not f.metadata.get("frozen", False))


nets = Nets(student=mlp(8))
optimizer = torch.optim.AdamW(nets.student.parameters(), lr=1e-3)
for epoch in range(2):
    nets.train()
    for _ in range(2):
        x = torch.randn(8, 6)
        loss = F.mse_loss(nets.student(x), nets.teacher(x))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
