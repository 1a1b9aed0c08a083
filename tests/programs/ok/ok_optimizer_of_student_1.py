# label: ok
# category: frozen-teacher-optimizer-of-the-student
# rule: FRZ201, FRZ301, FRZ303, FRZ125
# truth: clean; Teacher:* stay still, statistics of Teacher:* stay still, Student:* move
"""Knowledge distillation on toy data."""
import torch
import torch.nn.functional as F
from torch import nn


class Teacher(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(8, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 5))


class Student(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(8, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Dropout(0.1), nn.Linear(12, 5))


def distil(teacher, student, batches, T=4.0, alpha=0.7):
    teacher.eval()
    for p in teacher.parameters():
        p.requires_grad = False
    optimizer = torch.optim.Adam(student.parameters(), lr=1e-2)
    student.train()
    for x, y in batches:
        with torch.no_grad():
            soft = F.softmax(teacher(x) / T, dim=1)
        out = student(x)
        kd = F.kl_div(F.log_softmax(out / T, dim=1), soft, reduction="batchmean") * T * T
        loss = alpha * kd + (1 - alpha) * F.cross_entropy(out, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    torch.manual_seed(0)
    data = [(torch.randn(10, 8), torch.randint(0, 5, (10,))) for _ in range(4)]
    distil(Teacher(), Student(), data)
