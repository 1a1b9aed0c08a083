# label: ok
# category: group-and-scheduler
# rule: FRZ209
# truth: StepLR reads the groups at every step: the rate of the new one falls with the others
import torch
from torch import nn

torch.manual_seed(0)
body, head = nn.Linear(4, 4), nn.Linear(4, 1)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
for epoch in range(4):
    if epoch == 2:
        optimizer.add_param_group({"params": body.parameters(), "lr": 0.01})
    optimizer.zero_grad()
    head(body(torch.randn(8, 4)).relu()).pow(2).mean().backward()
    optimizer.step()
    scheduler.step()
