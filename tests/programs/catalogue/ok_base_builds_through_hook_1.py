# label: ok
# category: base-builds-through-hook
# rule: FRZ124
# truth: the base class calls the subclass's build() first and freezes then
import torch
from torch import nn


class Frozen(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.build(dim)
        for p in self.parameters():
            p.requires_grad = False

    def build(self, dim):
        raise NotImplementedError


class Net(Frozen):
    def build(self, dim):
        for i in range(2):
            setattr(self, f"fc{i}", nn.Linear(dim, dim))

    def forward(self, x):
        return self.fc1(self.fc0(x))


net = Net(3)
head = nn.Linear(3, 1)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    head(net(torch.randn(2, 3))).sum().backward()
    optimizer.step()
