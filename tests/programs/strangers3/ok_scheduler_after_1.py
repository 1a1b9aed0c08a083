# label: ok
# category: scheduler-after
# rule: FRZ209
# truth: the scheduler is rebuilt after the group was added
import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.head = nn.Linear(4, 8), nn.Linear(8, 1)

    def forward(self, x):
        return self.head(torch.relu(self.enc(x)))


def make_scheduler(opt):
    return LambdaLR(opt, lambda e: 0.9**e)


net = Net()
net.enc.requires_grad_(False)
opt = torch.optim.SGD(net.head.parameters(), lr=0.1)
sched = make_scheduler(opt)
for epoch in range(3):
    if epoch == 1:
        net.enc.requires_grad_(True)
        opt.add_param_group({"params": net.enc.parameters(), "lr": 0.01})
        sched = make_scheduler(opt)
    loss = net(torch.randn(4, 4)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    sched.step()
