# label: bug
# category: training-flag-by-hand
# rule: FRZ306
# line: modes.py:4
# truth: the BatchNorm of the teacher is in train mode: it counted four batches
import torch
from modes import quiet
from torch import nn

torch.manual_seed(0)
teacher = nn.Sequential(nn.Conv1d(1, 4, 3), nn.BatchNorm1d(4), nn.Flatten(), nn.Linear(24, 2))
student = nn.Sequential(nn.Flatten(), nn.Linear(8, 2))
teacher.requires_grad_(False)
quiet(teacher)
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for _ in range(4):
    x = torch.randn(5, 1, 8)
    target = teacher(x)
    optimizer.zero_grad()
    nn.functional.mse_loss(student(x), target).backward()
    optimizer.step()
