# label: bug
# category: warm-restart-unfreeze
# rule: FRZ203
# line: 36
# truth: at the restart stage2 requires grad but no group holds it: it stands still
import torch
from torch import nn
from torch.optim.lr_scheduler import CosineAnnealingWarmRestarts


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stage1, self.stage2 = nn.Linear(4, 8), nn.Linear(8, 8)
        self.cls = nn.Linear(8, 2)

    def forward(self, x):
        return self.cls(self.stage2(self.stage1(x).relu()).relu())


net = Net()
for stage in (net.stage1, net.stage2):
    for p in stage.parameters():
        p.requires_grad = False
trainable = [p for p in net.parameters() if p.requires_grad]
optimizer = torch.optim.SGD(trainable, lr=0.2)
scheduler = CosineAnnealingWarmRestarts(optimizer, T_0=2, T_mult=1)
for epoch in range(5):
    for _ in range(2):
        optimizer.zero_grad()
        net(torch.randn(4, 4)).square().sum().backward()
        optimizer.step()
    scheduler.step()
    if scheduler.T_cur == 0:
        for p in net.stage2.parameters():
            p.requires_grad = True
