# label: ok
# category: self-distillation
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; student.* moves, teacher.* follows by averaging though it sits in the optimizer
import copy, torch
from torch import nn
class DINO(nn.Module):
    def __init__(self):
        super().__init__()
        self.student = nn.Linear(4, 4)
        self.teacher = copy.deepcopy(self.student)
        self.center = nn.Parameter(torch.zeros(4), requires_grad=False)
    def update(self):
        with torch.no_grad():
            sd = self.student.state_dict()
            for k, v in self.teacher.state_dict().items():
                v.copy_(0.9 * v + 0.1 * sd[k])
    def forward(self, x):
        with torch.no_grad():
            t = self.teacher(x).softmax(-1)
        return -(t * self.student(x).log_softmax(-1)).sum(-1).mean()
m = DINO(); opt = torch.optim.AdamW(m.parameters())
for _ in range(3):
    loss = m(torch.randn(3, 4)); opt.zero_grad(); loss.backward(); opt.step(); m.update()
