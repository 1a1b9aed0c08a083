# label: ok
# category: group-after-scheduler
# rule: FRZ209
# truth: ExponentialLR reads the groups live: the added group's rate goes down with the other
import torch
from torch import nn

body, head = nn.Linear(5, 8), nn.Linear(8, 2)
body.requires_grad_(False)
opt = torch.optim.Adam(head.parameters(), lr=1e-2)
sched = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.5)
rates = []
for epoch in range(4):
    if epoch == 2:
        body.requires_grad_(True)
        opt.add_param_group({"params": body.parameters(), "lr": 1e-3})
    for _ in range(2):
        loss = nn.functional.cross_entropy(head(body(torch.randn(4, 5)).relu()), torch.tensor([0, 1, 1, 0]))
        opt.zero_grad()
        loss.backward()
        opt.step()
    sched.step()
    rates.append([g["lr"] for g in opt.param_groups])
print(rates)
