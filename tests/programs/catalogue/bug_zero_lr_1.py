# label: bug
# category: zero-lr
# rule: FRZ210
# line: 11
# truth: OneCycleLR gives both groups a rate up to 0.1: the backbone that was to stay moves
import torch
from torch import nn

torch.manual_seed(0)
backbone, head = nn.Linear(4, 8), nn.Linear(8, 1)
groups = [{"params": backbone.parameters(), "lr": 0}, {"params": head.parameters()}]
optimizer = torch.optim.SGD(groups, lr=0.1)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=10)
for _ in range(6):
    optimizer.zero_grad()
    head(backbone(torch.randn(8, 4)).relu()).pow(2).mean().backward()
    optimizer.step()
    scheduler.step()
