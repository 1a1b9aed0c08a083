# label: ok
# category: training-flag-false-teacher
# rule: FRZ306
# truth: the teacher is put in eval mode; training is set by hand on a leaf layer alone
import torch
from torch import nn


class WaveNet(nn.Module):
    def __init__(self, ch=4):
        super().__init__()
        self.inp = nn.Conv1d(1, ch, 3, padding=1)
        self.norm = nn.BatchNorm1d(ch)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Conv1d(ch, 1, 1)

    def forward(self, x):
        return self.out(self.drop(self.norm(self.inp(x)).tanh()))


class TeacherStudent:
    def __init__(self, lr=1e-2):
        self.teacher, self.student = WaveNet(8), WaveNet(4)
        self.student.drop.training = False
        for p in self.teacher.parameters():
            p.requires_grad = False
        self.teacher.eval()
        self.optim = torch.optim.Adam(self.student.parameters(), lr=lr)

    def step(self, wav):
        with torch.no_grad():
            target = self.teacher(wav)
        loss = (self.student(wav) - target).pow(2).mean()
        self.optim.zero_grad()
        loss.backward()
        self.optim.step()
        return loss.item()

    def train(self, n):
        self.student.train()
        for i in range(n):
            print(i, self.step(torch.randn(3, 1, 16)))


torch.manual_seed(0)
TeacherStudent().train(4)
