# label: ok
# category: warm-restart-unfreeze
# rule: FRZ203,FRZ209
# truth: clean
import torch
from torch import nn
from torch.optim.lr_scheduler import CosineAnnealingWarmRestarts


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stage1, self.stage2 = nn.Linear(4, 8), nn.Linear(8, 8)
        self.cls = nn.Linear(8, 2)

    def forward(self, x):
        return self.cls(self.stage2(self.stage1(x).tanh()).tanh())


def build(net):
    optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.2)
    return optimizer, CosineAnnealingWarmRestarts(optimizer, T_0=2)


net = Net()
for stage in (net.stage1, net.stage2):
    for p in stage.parameters():
        p.requires_grad = False
optimizer, scheduler = build(net)
for epoch in range(5):
    for _ in range(2):
        optimizer.zero_grad()
        net(torch.randn(4, 4)).square().sum().backward()
        optimizer.step()
    scheduler.step()
    if scheduler.T_cur == 0 and not all(p.requires_grad for p in net.stage2.parameters()):
        for p in net.stage2.parameters():
            p.requires_grad = True
        optimizer, scheduler = build(net)
