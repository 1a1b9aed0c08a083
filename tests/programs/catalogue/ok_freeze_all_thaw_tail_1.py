# label: ok
# category: freeze-all-thaw-tail
# rule: FRZ114
# truth: everything is frozen and then the last blocks and the head are made trainable; the first block stays frozen
import torch
from torch import nn


class Stack(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        self.blocks = nn.Sequential(*[nn.Linear(5, 5) for _ in range(depth)])
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        return self.head(self.blocks(x))


def prepare(net, keep):
    for p in net.parameters():
        p.requires_grad = False
    for block in net.blocks[-keep:]:
        for p in block.parameters():
            p.requires_grad = True
    for p in net.head.parameters():
        p.requires_grad = True
    return net


net = prepare(Stack(), 2)
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, net.parameters()))
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(3, 5)).sum().backward()
    optimizer.step()
