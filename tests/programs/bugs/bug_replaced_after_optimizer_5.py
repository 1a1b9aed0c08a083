# label: bug
# category: replaced-after-optimizer
# rule: FRZ204
# line: 27
# truth: setattr puts a new projector into the student behind the optimizer's back, it never moves
import copy

import torch
import torch.nn.functional as F
from torch import nn

cfg = dict(projector_name="projector", dim=6, out=4, ema=0.99, steps=4)


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.encoder = nn.Linear(dim, dim)
        self.projector = nn.Identity()

    def forward(self, x):
        return F.normalize(self.projector(self.encoder(x).relu() + 0.1), dim=-1)


student = Net(cfg["dim"])
opt = torch.optim.AdamW(student.parameters(), lr=1e-2)
setattr(student, cfg["projector_name"], nn.Linear(cfg["dim"], cfg["out"]))
teacher = copy.deepcopy(student).requires_grad_(False)

for _ in range(cfg["steps"]):
    view = torch.randn(8, cfg["dim"])
    z_s = student(view + 0.1 * torch.randn_like(view))
    z_t = teacher(view + 0.1 * torch.randn_like(view))
    loss = 2 - 2 * (z_s * z_t.roll(1, 0)).sum(-1).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    with torch.no_grad():
        for ps, pt in zip(student.parameters(), teacher.parameters()):
            pt.mul_(cfg["ema"]).add_(ps, alpha=1 - cfg["ema"])
