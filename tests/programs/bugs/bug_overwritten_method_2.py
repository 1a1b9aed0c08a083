# label: bug
# category: overwritten-method
# rule: FRZ105
# line: 19
# truth: teacher.train becomes a bool while teacher.training stays True, its dropout is active
import copy

import torch
import torch.nn.functional as F
from torch import nn


class Distiller:
    """Plain knowledge distillation with temperature."""

    def __init__(self, teacher: nn.Module, student: nn.Module, T: float = 2.0):
        self.teacher, self.student, self.T = teacher, student, T
        self.teacher.requires_grad_(False)
        self.teacher.train = False
        self.opt = torch.optim.SGD(self.student.parameters(), lr=0.05)

    def step(self, x):
        with torch.no_grad():
            soft = F.softmax(self.teacher(x) / self.T, dim=-1)
        logp = F.log_softmax(self.student(x) / self.T, dim=-1)
        loss = F.kl_div(logp, soft, reduction="batchmean") * self.T**2
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        return float(loss)


base = nn.Sequential(nn.Linear(6, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 4))
distiller = Distiller(teacher=copy.deepcopy(base), student=nn.Linear(6, 4))
for step in range(3):
    distiller.step(torch.randn(16, 6))
