# label: bug
# category: eval-undone
# rule: FRZ302
# line: 36
# truth: the teacher is put in eval in the constructor of the distillation module; train() of the parent at each epoch puts it back in train mode
from dataclasses import dataclass
import torch
from torch import nn
import torch.nn.functional as F


@dataclass
class KDConfig:
    temperature: float = 2.0
    lr: float = 1e-2
    epochs: int = 2


class ConvNet(nn.Module):
    def __init__(self, width, classes=3):
        super().__init__()
        self.conv = nn.Conv2d(1, width, 3)
        self.bn = nn.BatchNorm2d(width)
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        return self.fc(F.relu(self.bn(self.conv(x))).mean((2, 3)))


class KDModule(nn.Module):
    def __init__(self, teacher, student, cfg):
        super().__init__()
        self.teacher, self.student, self.cfg = teacher, student, cfg
        for p in self.teacher.parameters():
            p.requires_grad = False
        self.teacher.eval()

    def forward(self, x, y):
        with torch.no_grad():
            t = self.teacher(x)
        s = self.student(x)
        T = self.cfg.temperature
        return F.cross_entropy(s, y) + F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean")


def run(cfg):
    kd = KDModule(ConvNet(16), ConvNet(4), cfg)
    optimizer = torch.optim.Adam(kd.student.parameters(), lr=cfg.lr)
    for epoch in range(cfg.epochs):
        kd.train()
        for _ in range(2):
            x, y = torch.randn(4, 1, 6, 6), torch.randint(0, 3, (4,))
            loss = kd(x, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return kd


kd = run(KDConfig())
