# label: ok
# category: group-and-scheduler
# rule: FRZ209
# truth: the scheduler is built anew with the group, and the old one steps no more
import torch
from torch import nn


class Finetuner:
    def __init__(self):
        self.body, self.head = nn.Linear(4, 4), nn.Linear(4, 1)
        self.opt = torch.optim.SGD(self.head.parameters(), lr=0.1)
        self.set_schedule()

    def set_schedule(self):
        self.sched = torch.optim.lr_scheduler.LambdaLR(self.opt, lambda e: 0.9**e)

    def fit(self):
        for epoch in range(4):
            if epoch == 2:
                self.opt.add_param_group({"params": self.body.parameters(), "lr": 0.01})
                self.set_schedule()
            self.opt.zero_grad()
            self.head(self.body(torch.randn(8, 4))).pow(2).mean().backward()
            self.opt.step()
            self.sched.step()


torch.manual_seed(0)
Finetuner().fit()
