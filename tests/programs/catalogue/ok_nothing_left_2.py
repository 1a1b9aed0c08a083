# label: ok
# category: nothing-left
# rule: FRZ206
# truth: `core` is handed on by __getattr__ and is the wrapped network itself: its head is switched on again, and trains
import torch
from torch import nn


class Wrapper(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def __getattr__(self, name):
        if name == "core":
            return self._modules["net"]
        return super().__getattr__(name)

    def forward(self, x):
        return self.net(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.relu(self.body(x)))


model = Wrapper(Net())
for p in model.parameters():
    p.requires_grad = False
for p in model.core.head.parameters():
    p.requires_grad = True
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
