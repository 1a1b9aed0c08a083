import torch
import torch.nn as nn
import torch.nn.functional as F
from engine.registry import build, register


@register("teacher")
class Teacher(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(5, width), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(0.4), nn.Linear(width, 3))

    def forward(self, x):
        return self.net(x)


@register("student")
class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 3))

    def forward(self, x):
        return self.net(x)


@register("distiller")
class Distiller(nn.Module):
    def __init__(self, teacher, student):
        super().__init__()
        self.teacher = build(teacher)
        self.student = build(student)

    def train(self, mode=True):
        # teacher as eval mode by default
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        self.teacher.eval()
        return self

    def get_learnable_parameters(self):
        return [v for k, v in self.student.named_parameters()]

    def forward(self, x, y):
        with torch.no_grad():
            t = self.teacher(x)
        s = self.student(x)
        return F.cross_entropy(s, y) + F.mse_loss(s, t)
