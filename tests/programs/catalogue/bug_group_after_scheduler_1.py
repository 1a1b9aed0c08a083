# label: bug
# category: group-after-scheduler
# rule: FRZ209
# line: 18
# truth: LambdaLR knows one group: its first step() after the second was added raises
# raises: ValueError
import torch
from torch import nn

torch.manual_seed(0)
body, head = nn.Linear(4, 4), nn.Linear(4, 1)
for p in body.parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 0.95**epoch)
for epoch in range(4):
    if epoch == 2:
        optimizer.add_param_group({"params": body.parameters(), "lr": 0.01})
        body.requires_grad_(True)
    optimizer.zero_grad()
    head(body(torch.randn(8, 4)).relu()).pow(2).mean().backward()
    optimizer.step()
    scheduler.step()
