# label: ok
# category: list-then-module-list
# rule: FRZ119
# truth: the list is only gathered in and turned into a ModuleList at the end; the tuple of taps names registered layers
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = []
        for width in (3, 5):
            self.layers.append(nn.Linear(width, 5))
        self.layers = nn.ModuleList(self.layers)
        self.out = nn.Linear(5, 1)
        self.taps = (self.layers[0], self.out)
        self.activations = [nn.ReLU(), nn.Tanh()]

    def forward(self, x):
        for layer, act in zip(self.layers, self.activations):
            x = act(layer(x))
        return self.out(x)


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(2, 3)).sum().backward()
    optimizer.step()
