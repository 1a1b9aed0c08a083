import torch
from torch import nn
from torch.nn import functional as F


class Distiller(nn.Module):
    def __init__(self, student, teacher, alpha=0.5):
        super().__init__()
        self.student = student
        self.teacher = teacher.requires_grad_(False).eval()
        self.alpha = alpha

    def forward(self, x, y):
        s = self.student(x)
        with torch.no_grad():
            t = self.teacher(x)
        hard = F.cross_entropy(s, y)
        soft = F.kl_div(s.log_softmax(-1), t.softmax(-1), reduction="batchmean")
        return self.alpha * hard + (1 - self.alpha) * soft
