# label: ok
# category: frozen-teacher-copy-runs
# rule: FRZ125
# truth: the frozen copy is the teacher, which runs at every step
import copy

import torch
from torch import nn

student = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
teacher = copy.deepcopy(student)
for p in teacher.parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for _ in range(3):
    x = torch.randn(5, 4)
    loss = (student(x) - teacher(x + 0.1)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
