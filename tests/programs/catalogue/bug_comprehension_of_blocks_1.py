# label: bug
# category: comprehension-of-blocks
# rule: FRZ119
# line: 23
# truth: the blocks of the comprehension are no sub-modules: requires_grad_(False) does not reach them
import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        self.norm = nn.LayerNorm(dim)

    def forward(self, x):
        return x + self.norm(self.fc(x))


class Net(nn.Module):
    def __init__(self, dim=6, depth=3):
        super().__init__()
        self.blocks = [Block(dim) for _ in range(depth)]
        self.head = nn.Linear(dim, 2)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(x)


net = Net()
net.requires_grad_(False)
net.head.requires_grad_(True)
opt = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-3)
for _ in range(2):
    opt.zero_grad()
    net(torch.randn(2, 6)).mean().backward()
    opt.step()
