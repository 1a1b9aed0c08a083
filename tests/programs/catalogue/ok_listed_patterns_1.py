# label: ok
# category: listed-patterns
# rule: FRZ113
# truth: the pattern ends in a dot, so that block 1 alone is frozen
import torch
FROZEN = ("stem", "blocks.1.")
from torch import nn


class Net(nn.Module):
    def __init__(self, depth=12):
        super().__init__()
        self.stem = nn.Linear(4, 6)
        self.blocks = nn.ModuleList([nn.Linear(6, 6) for _ in range(depth)])
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = x + block(x).tanh()
        return self.head(x)


def freeze(model, listed):
    for name, p in model.named_parameters():
        if any(pattern in name for pattern in listed):
            p.requires_grad = False


net = Net()
freeze(net, FROZEN)
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
