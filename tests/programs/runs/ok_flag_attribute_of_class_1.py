# label: ok
# category: own-flag-of-a-class
# rule: FRZ101, FRZ109
# truth: the property of the class sets the flags of its parameters: they stand still
import torch
from torch import nn


class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Linear(4, 4)

    @property
    def trainable(self):
        return all(p.requires_grad for p in self.parameters())

    @trainable.setter
    def trainable(self, value):
        for p in self.parameters():
            p.requires_grad_(value)

    def forward(self, x):
        return self.net(x)


part, head = Part(), nn.Linear(4, 1)
part.trainable = False
start = part.net.weight.detach().clone()
opt = torch.optim.SGD([*part.parameters(), *head.parameters()], lr=0.1)
for _ in range(2):
    opt.zero_grad()
    head(part(torch.randn(3, 4))).sum().backward()
    opt.step()
