# label: ok
# category: closure-trainer
# rule: FRZ403,FRZ303
# truth: clean
import torch
from torch import nn


class Teacher(nn.Linear):
    pass


def make_trainer(student, teacher, lr):
    optimizer = torch.optim.SGD(student.parameters(), lr=lr)
    quiet = torch.no_grad()

    def target(x):
        with quiet:
            return teacher(x).softmax(-1)

    @torch.no_grad()
    def evaluate(x):
        student.eval()
        try:
            return student(x).argmax(-1)
        finally:
            student.train()

    def step(x):
        loss = -(target(x) * student(x).log_softmax(-1)).sum(-1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return float(loss)

    return step, evaluate


student = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1), nn.Linear(4, 3))
step, evaluate = make_trainer(student, Teacher(4, 3), 0.1)
for _ in range(3):
    step(torch.randn(4, 4))
    evaluate(torch.randn(4, 4))
