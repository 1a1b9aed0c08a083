import torch
import torch.nn.functional as F


class DistillTrainer:
    def __init__(self, teacher, student, lr=1e-2):
        self.teacher = teacher
        self.student = student
        for p in self.teacher.parameters():
            p.requires_grad = False
        self.opt = torch.optim.SGD(self.student.parameters(), lr=lr)

    def fit(self, epochs):
        for _ in range(epochs):
            self.student.train()
            for _ in range(2):
                self.step(torch.randn(4, 1, 6, 6) + 2)

    def step(self, x):
        with torch.no_grad():
            t = self.teacher(x)
        s = self.student(x)
        loss = F.mse_loss(s, t)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
