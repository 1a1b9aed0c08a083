# label: bug
# category: lambda-lr-then-group
# rule: FRZ209
# line: 41
# truth: the group is added after LambdaLR was built: its next step raises ValueError
# raises: ValueError
import math

import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR


def cosine_warmup(optimizer, warmup, total):
    def f(step):
        if step < warmup:
            return (step + 1) / warmup
        return 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, total - warmup)))

    return LambdaLR(optimizer, f)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Sequential(nn.Linear(7, 9), nn.Mish())
        self.top = nn.Linear(9, 1)

    def forward(self, x):
        return self.top(self.base(x))


torch.manual_seed(0)
net = Net()
net.base.requires_grad_(False)
optimizer = torch.optim.SGD(net.top.parameters(), lr=0.1)
scheduler = cosine_warmup(optimizer, 2, 8)
for step in range(6):
    if step == 3:
        net.base.requires_grad_(True)
        optimizer.add_param_group({"params": net.base.parameters(), "lr": 0.01})
    loss = (net(torch.randn(5, 7)) - 1).abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
