# label: ok
# category: frozen-again-after-build
# rule: FRZ124
# truth: the base freezes too early, and the subclass once more when it is built: it is frozen
import torch
from torch import nn


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.freeze()

    def freeze(self):
        self.eval()
        for p in self.parameters():
            p.requires_grad = False


class Net(Base):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3))
        self.freeze()

    def forward(self, x):
        return self.body(x)


net = Net()
head = nn.Linear(3, 1)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    head(net(torch.randn(2, 3))).sum().backward()
    optimizer.step()
