import torch.nn as nn
import torch.nn.functional as F

DISTILLERS = {}


def register(name):
    def wrap(cls):
        DISTILLERS[name] = cls
        return cls

    return wrap


@register("kd")
class Distiller(nn.Module):
    def __init__(self, student, teacher, temperature=1.0, alpha=0.9):
        super().__init__()
        self.student = student
        self.teacher = teacher
        self.T, self.alpha = temperature, alpha
        for p in self.teacher.parameters():
            p.requires_grad = False

    def forward(self, x, y):
        s = self.student(x)
        t = self.teacher(x)
        kd = F.kl_div(F.log_softmax(s / self.T, 1), F.softmax(t / self.T, 1), reduction="batchmean") * self.T ** 2
        return self.alpha * kd + (1 - self.alpha) * F.cross_entropy(s, y)
