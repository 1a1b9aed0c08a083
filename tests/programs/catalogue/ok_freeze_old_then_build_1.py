# label: ok
# category: freeze-old-then-build
# rule: FRZ124
# truth: what the base class has built is frozen before the adapter is made: the idiom
import torch
from torch import nn


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(4, 4)


class Adapted(Base):
    def __init__(self):
        super().__init__()
        for p in self.parameters():
            p.requires_grad = False
        self.adapter = nn.Linear(4, 4)

    def forward(self, x):
        return self.adapter(self.base(x))


net = Adapted()
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(3, 4)).sum().backward()
    optimizer.step()
