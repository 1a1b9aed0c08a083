# label: bug
# category: step-without-grad
# rule: FRZ405
# line: 28
# truth: teacher, student and loss all stand in the no_grad block; backward outside of it raises
# raises: RuntimeError
import torch
import torch.nn.functional as F
from torch import nn


def make(width):
    return nn.Sequential(nn.Linear(8, width), nn.ReLU(), nn.Linear(width, 4))


def distill(teacher, student, steps=3, T=2.0):
    teacher.eval()
    for p in teacher.parameters():
        p.requires_grad = False
    optimizer = torch.optim.SGD(student.parameters(), lr=0.1, momentum=0.9)
    for _ in range(steps):
        x = torch.randn(16, 8)
        with torch.no_grad():
            target = F.softmax(teacher(x) / T, dim=-1)
            logp = F.log_softmax(student(x) / T, dim=-1)
            loss = F.kl_div(logp, target, reduction="batchmean") * T * T
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main():
    torch.manual_seed(0)
    distill(make(32), make(8))


main()
