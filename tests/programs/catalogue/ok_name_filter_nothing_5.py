# label: ok
# category: name-filter-nothing
# rule: FRZ111
# truth: children are asked for by name, each name is there: stem and block1 are frozen
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(3, 3)
        self.block1 = nn.Linear(3, 3)
        self.block2 = nn.Linear(3, 1)

    def forward(self, x):
        return self.block2(self.block1(self.stem(x)))


def freeze_children(net, names):
    for name, child in net.named_children():
        if name in names:
            child.requires_grad_(False)
        elif name == "debug":
            print("a net with a probe", child)


net = Net()
freeze_children(net, ["stem", "block1"])
optimizer = torch.optim.SGD(net.block2.parameters(), lr=0.1)
net(torch.randn(2, 3)).sum().backward()
optimizer.step()
print([p.requires_grad for p in net.parameters()])
