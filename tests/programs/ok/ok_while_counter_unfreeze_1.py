# label: ok
# category: while-counter-unfreeze
# rule: FRZ203,FRZ201
# truth: clean
import torch
from torch import nn


class Stack(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(6, 6) for _ in range(depth)])
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        for block in self.blocks:
            x = block(x).tanh()
        return self.head(x)


model = Stack()
optimizer = torch.optim.SGD([
    {"params": model.head.parameters(), "lr": 0.1},
    *({"params": b.parameters(), "lr": 0.05} for b in model.blocks),
], momentum=0.9)
for param in model.blocks.parameters():
    param.requires_grad = False

patience, bad, best, unfrozen, epoch = 1, 0, 0.0, 0, 0
while epoch < 8:
    loss = nn.functional.cross_entropy(model(torch.randn(16, 6)), torch.randint(0, 2, (16,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if loss.item() < best:
        best, bad = loss.item(), 0
    elif (bad := bad + 1) > patience and unfrozen < len(model.blocks):
        unfrozen += 1
        model.blocks[-unfrozen].requires_grad_(True)
        bad = 0
    epoch += 1
