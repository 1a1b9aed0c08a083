# label: ok
# category: teacher-outside-the-module
# rule: FRZ302, FRZ303
# truth: the teacher is no part of the module that is put into train mode: it stays in eval mode
import copy

import torch
from torch import nn

torch.manual_seed(0)
student = nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12), nn.Dropout(0.3), nn.Linear(12, 2))
teacher = copy.deepcopy(student).eval().requires_grad_(False)
mean = teacher[1].running_mean.clone()
opt = torch.optim.SGD(student.parameters(), lr=0.1)
for _ in range(3):
    student.train()
    x = torch.randn(8, 6)
    with torch.inference_mode():
        wanted = teacher(x)
    loss = nn.functional.mse_loss(student(x), wanted.clone())
    opt.zero_grad()
    loss.backward()
    opt.step()
