# label: ok
# category: each-stage-resets-the-flags
# rule: FRZ114
# truth: every stage sets all flags and then freezes its own part; in the second the head stands still
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.body(x)))


def enter(net, frozen):
    for p in net.parameters():
        p.requires_grad = True
    for p in getattr(net, frozen).parameters():
        p.requires_grad = False
    return torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)


torch.manual_seed(0)
net = Net()
kept = {}
for stage in ("body", "head"):
    opt = enter(net, stage)
    kept[stage] = getattr(net, stage).weight.detach().clone()
    for _ in range(2):
        opt.zero_grad()
        net(torch.randn(4, 4)).square().sum().backward()
        opt.step()
