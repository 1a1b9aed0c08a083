# label: ok
# category: momentum-teacher
# rule: FRZ307
# truth: clean; the teacher is a moving average on purpose
import copy

import torch
from torch import nn


@torch.no_grad()
def follow(teacher, student, rate):
    for t, s in zip(teacher.parameters(), student.parameters()):
        t.data.mul_(rate).add_(s.data, alpha=1 - rate)


torch.manual_seed(0)
student = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
teacher = copy.deepcopy(student)
for p in teacher.parameters():
    p.requires_grad = False
start = teacher[0].weight.clone()
optimizer = torch.optim.Adam(student.parameters())
for _ in range(4):
    x = torch.randn(8, 4)
    optimizer.zero_grad()
    nn.functional.mse_loss(student(x + 0.1), teacher(x)).backward()
    optimizer.step()
    follow(teacher, student, 0.9)
