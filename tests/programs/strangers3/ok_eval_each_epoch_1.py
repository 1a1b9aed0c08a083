# label: ok
# category: eval-each-epoch
# rule: FRZ301, FRZ302
# truth: the decorator around the epoch functions puts the frozen teacher back to eval after every train()
import functools
import torch
from torch import nn
import torch.nn.functional as F


def keep_teacher_eval(fn):
    @functools.wraps(fn)
    def wrapper(self, *args, **kwargs):
        self.model.train()
        self.model.teacher.eval()
        return fn(self, *args, **kwargs)

    return wrapper


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.teacher = nn.Sequential(nn.Linear(5, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 3))
        self.student = nn.Sequential(nn.Linear(5, 6), nn.ReLU(), nn.Linear(6, 3))
        self.teacher.requires_grad_(False)

    def forward(self, x):
        return self.student(x), self.teacher(x)


class Trainer:
    def __init__(self):
        self.model = Pair()
        self.optimizer = torch.optim.SGD(self.model.student.parameters(), lr=0.1)

    @keep_teacher_eval
    def _train_epoch(self, n):
        for _ in range(n):
            s, t = self.model(torch.randn(4, 5))
            loss = F.kl_div(s.log_softmax(1), t.softmax(1), reduction="batchmean")
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


trainer = Trainer()
for _ in range(2):
    trainer._train_epoch(2)
