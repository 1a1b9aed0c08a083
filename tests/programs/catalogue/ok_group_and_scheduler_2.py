# label: ok
# category: group-and-scheduler
# rule: FRZ209
# truth: all groups are there before the scheduler is built
import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR


def configure(body, head):
    opt = torch.optim.SGD(head.parameters(), lr=0.1)
    opt.add_param_group({"params": body.parameters(), "lr": 0.01})
    return opt, LambdaLR(opt, lr_lambda=lambda step: 1 / (1 + step))


torch.manual_seed(0)
body, head = nn.Linear(4, 4), nn.Linear(4, 1)
opt, sched = configure(body, head)
for _ in range(4):
    opt.zero_grad()
    head(body(torch.randn(8, 4))).pow(2).mean().backward()
    opt.step()
    sched.step()
