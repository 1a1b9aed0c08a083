# label: bug
# category: bare-no-grad
# rule: FRZ403
# line: 18
# truth: torch.no_grad() as a statement has no effect: the teacher runs with gradients and, being held by the optimizer, moves
import torch
from torch import nn
import torch.nn.functional as F


class TeacherStudent(nn.Module):
    def __init__(self):
        super().__init__()
        self.teacher = nn.Linear(6, 4)
        self.student = nn.Sequential(nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 4))

    def forward(self, x):
        torch.no_grad()
        target = self.teacher(x)
        return F.mse_loss(self.student(x), target)


class Loop:
    def __init__(self, module, **opt_kwargs):
        self.module = module
        self.opt = torch.optim.Adam(module.parameters(), **opt_kwargs)

    def __call__(self, batches):
        for x in batches:
            self.opt.zero_grad()
            self.module(x).backward()
            self.opt.step()


ts = TeacherStudent()
Loop(ts, lr=1e-2)(torch.randn(4, 6) for _ in range(3))
