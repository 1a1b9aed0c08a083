# label: bug
# category: eval-as-freeze
# rule: FRZ116
# line: 22
# truth: the teacher is only in eval; it runs with grad, is in the optimizer, and moves towards the student
import torch
import torch.nn.functional as F
from torch import nn


def mlp(width):
    return nn.Sequential(nn.Linear(10, width), nn.ReLU(), nn.Linear(width, 5))


class Distiller(nn.Module):
    def __init__(self, teacher, student, T=4.0):
        super().__init__()
        self.teacher, self.student, self.T = teacher, student, T

    def train(self, mode=True):
        super().train(mode)
        self.teacher.eval()  # the teacher is fixed
        return self

    def forward(self, x, y):
        t = self.teacher(x)
        s = self.student(x)
        kd = F.kl_div(F.log_softmax(s / self.T, 1), F.softmax(t / self.T, 1), reduction="batchmean")
        return F.cross_entropy(s, y) + self.T ** 2 * kd


def fit(distiller, steps):
    distiller.train()
    optimizer = torch.optim.SGD(distiller.parameters(), lr=0.05, momentum=0.9)
    for _ in range(steps):
        x, y = torch.randn(8, 10), torch.randint(0, 5, (8,))
        loss = distiller(x, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


torch.manual_seed(0)
kd = Distiller(mlp(32), mlp(8))
fit(kd, 3)
