# label: bug
# category: closure-trainer
# rule: FRZ403
# line: 18
# truth: no_grad() is a bare call in the nested function: the teacher's output carries a graph
import torch
from torch import nn


class Teacher(nn.Linear):
    pass


def make_trainer(student, teacher, lr):
    optimizer = torch.optim.SGD(student.parameters(), lr=lr)

    def target(x):
        torch.no_grad()
        return teacher(x).softmax(-1)

    def step(x):
        loss = -(target(x) * student(x).log_softmax(-1)).sum(-1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return float(loss)

    return step


step = make_trainer(nn.Linear(4, 3), Teacher(4, 3), 0.1)
print([step(torch.randn(4, 4)) for _ in range(3)])
