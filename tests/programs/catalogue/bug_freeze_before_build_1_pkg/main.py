# label: bug
# category: freeze-before-build
# rule: FRZ124
# line: base.py:9
# truth: Frozen.__init__ freezes itself before Teacher's build() has made anything; the teacher requires grad
import torch

from teacher import Teacher
from torch import nn

teacher = Teacher(4, 3)
student = nn.Linear(4, 3)
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for _ in range(2):
    x = torch.randn(5, 4)
    loss = (student(x) - teacher(x)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
