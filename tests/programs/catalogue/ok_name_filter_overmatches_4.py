# label: ok
# category: name-filter-overmatches
# rule: FRZ113
# truth: names are cut at their dots before they are compared: stage1 and stage10 are told apart
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stage1 = nn.Linear(3, 3)
        self.stage10 = nn.Linear(3, 3)
        self.out = nn.Linear(3, 1)

    def forward(self, x):
        return self.out(self.stage10(self.stage1(x)))


def freeze(model, stages):
    for name, p in model.named_parameters():
        if name.split(".")[0] in stages:
            p.requires_grad = False


net = Net()
freeze(net, {"stage1"})
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
net(torch.randn(2, 3)).sum().backward()
optimizer.step()
print({n: p.requires_grad for n, p in net.named_parameters()})
