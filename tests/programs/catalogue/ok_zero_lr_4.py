# label: ok
# category: zero-lr
# rule: FRZ210
# truth: max_lr names a rate for each group, 0 for the stem, and the stem is in eval mode
import torch
from torch import nn

torch.manual_seed(0)
stem = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
head = nn.Linear(4, 1)
opt = torch.optim.SGD([{"params": stem.parameters(), "lr": 0.0}, {"params": head.parameters()}], lr=0.1)
sched = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=[0.0, 0.1], total_steps=8)
stem.eval()
for _ in range(5):
    opt.zero_grad()
    head(stem(torch.randn(8, 4))).pow(2).mean().backward()
    opt.step()
    sched.step()
