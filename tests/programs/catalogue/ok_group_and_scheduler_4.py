# label: ok
# category: group-and-scheduler
# rule: FRZ209
# truth: the scheduler is that of the other optimizer
import torch
from torch import nn

torch.manual_seed(0)
gen, disc, extra = nn.Linear(2, 3), nn.Linear(3, 1), nn.Linear(3, 3)
opt_g = torch.optim.Adam(gen.parameters(), lr=1e-3)
opt_d = torch.optim.Adam(disc.parameters(), lr=1e-3)
sched_d = torch.optim.lr_scheduler.CyclicLR(opt_d, 1e-4, 1e-3, cycle_momentum=False)
for step in range(4):
    if step == 1:
        opt_g.add_param_group({"params": extra.parameters()})
    for opt in (opt_g, opt_d):
        opt.zero_grad()
    disc(extra(gen(torch.randn(4, 2)))).mean().backward()
    for opt in (opt_g, opt_d):
        opt.step()
    sched_d.step()
