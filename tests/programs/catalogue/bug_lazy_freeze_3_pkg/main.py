# label: bug
# category: lazy-freeze
# rule: FRZ110
# line: tools.py:8
# truth: the helper's map object is dropped by its caller: teacher and stem keep requires_grad True
import torch
from nets import Student, Teacher
from tools import freeze_all

teacher, student = Teacher(), Student()
freeze_all(teacher, student.stem)
optimizer = torch.optim.SGD([*teacher.parameters(), *student.parameters()], lr=0.1)
x = torch.randn(6, 5)
loss = (student(x) - teacher(x)).pow(2).mean()
loss.backward()
optimizer.step()
print({p.requires_grad for p in teacher.parameters()}, {p.requires_grad for p in student.stem.parameters()})
