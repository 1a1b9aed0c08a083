# label: ok
# category: also-registered
# rule: FRZ119
# truth: the plain list holds layers that are registered too by add_module and setattr: the freeze reaches them
import torch
from torch import nn


class Pyramid(nn.Module):
    def __init__(self, d=4, levels=3):
        super().__init__()
        self.level_names = []
        self.levels = []
        for i in range(levels):
            layer = nn.Linear(d, d)
            name = f"level{i}"
            self.add_module(name, layer)
            self.levels.append(layer)
            self.level_names.append(name)

    def forward(self, x):
        return sum(torch.relu(l(x)) for l in self.levels)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pyramid = Pyramid()
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        return self.out(self.pyramid(x))


net = Net()
for p in net.pyramid.parameters():
    p.requires_grad = False
opt = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1)
for _ in range(2):
    loss = net(torch.randn(3, 4)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
