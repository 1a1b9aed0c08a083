# label: bug
# category: dataclass-nets
# rule: FRZ302
# line: 34
# truth: teacher.eval() is undone at every epoch: the teacher runs in train mode and its statistics drift
from dataclasses import dataclass, fields

import torch
from torch import nn
from torch.nn import functional as F


def mlp(width):
    return nn.Sequential(nn.Linear(6, width), nn.BatchNorm1d(width), nn.ReLU(), nn.Linear(width, 3))


@dataclass
class Nets:
    student: nn.Module
    teacher: nn.Module

    def train(self):
        for f in fields(self):
            getattr(self, f.name).train()

    def eval(self):
        for f in fields(self):
            getattr(self, f.name).eval()


nets = Nets(student=mlp(8), teacher=mlp(32))
for p in nets.teacher.parameters():
    p.requires_grad_(False)
nets.teacher.eval()
optimizer = torch.optim.AdamW(nets.student.parameters(), lr=1e-3)
for epoch in range(2):
    nets.train()
    for _ in range(2):
        x = torch.randn(8, 6)
        loss = F.mse_loss(nets.student(x), nets.teacher(x))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
