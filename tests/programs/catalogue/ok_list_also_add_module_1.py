# label: ok
# category: list-also-add-module
# rule: FRZ119
# truth: every layer of the list is registered by add_module as well
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.layers = []
        for i in range(n):
            layer = nn.Linear(4, 4)
            self.layers.append(layer)
            self.add_module("layer_%d" % i, layer)
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.out(x)


net = Net(3)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(2, 4)).sum().backward()
    optimizer.step()
