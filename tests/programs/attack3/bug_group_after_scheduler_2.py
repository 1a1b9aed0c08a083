# label: bug
# category: group-after-scheduler
# rule: FRZ209
# line: 25
# truth: the group added after OneCycleLR was built has no max_lr: the next scheduler step raises KeyError
# raises: KeyError
import torch
from torch import nn


class Learner:
    def __init__(self, body, head, lr=0.05, total=12):
        self.body, self.head = body, head
        self.freeze()
        self.opt = torch.optim.SGD(self.head.parameters(), lr=lr, momentum=0.9)
        self.sched = torch.optim.lr_scheduler.OneCycleLR(self.opt, max_lr=lr, total_steps=total)

    def freeze(self):
        for p in self.body.parameters():
            p.requires_grad = False

    def unfreeze(self):
        for p in self.body.parameters():
            p.requires_grad = True
        self.opt.add_param_group({"params": list(self.body.parameters()), "lr": 1e-3, "momentum": 0.9})

    def one_batch(self, xb, yb):
        loss = nn.functional.cross_entropy(self.head(self.body(xb)), yb)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        self.sched.step()

    def fit(self, n):
        for _ in range(n):
            self.one_batch(torch.randn(4, 6), torch.randint(0, 3, (4,)))


learn = Learner(nn.Sequential(nn.Linear(6, 8), nn.ReLU()), nn.Linear(8, 3))
learn.fit(2)
learn.unfreeze()
learn.fit(2)
