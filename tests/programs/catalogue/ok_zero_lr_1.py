# label: ok
# category: zero-lr
# rule: FRZ210
# truth: StepLR multiplies: a rate of 0 stays 0, and the backbone has no layers that change by themselves
import torch
from torch import nn

torch.manual_seed(0)
backbone, head = nn.Linear(4, 8), nn.Linear(8, 1)
optimizer = torch.optim.SGD([{"params": backbone.parameters(), "lr": 0.0}, {"params": head.parameters()}], lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.5)
for _ in range(6):
    optimizer.zero_grad()
    head(backbone(torch.randn(8, 4)).relu()).pow(2).mean().backward()
    optimizer.step()
    scheduler.step()
