# label: ok
# category: hidden-on-purpose
# rule: FRZ119
# truth: the teacher is wrapped in a list so that it is no part of the student; it is frozen and does not move
import torch
from torch import nn


class Student(nn.Module):
    def __init__(self, teacher):
        super().__init__()
        self.teacher = [teacher]
        self.net = nn.Linear(4, 2)

    def forward(self, x):
        with torch.no_grad():
            target = self.teacher[0](x)
        return (self.net(x) - target).pow(2).mean()


teacher = nn.Linear(4, 2).eval().requires_grad_(False)
start = teacher.weight.clone()
student = Student(teacher)
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for _ in range(2):
    loss = student(torch.randn(4, 4))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
