# label: bug
# category: while-counter-unfreeze
# rule: FRZ203
# line: 37
# truth: blocks are unfrozen one by one, the optimizer never learns of them: they stand still
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
for param in model.blocks.parameters():
    param.requires_grad = False
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1, momentum=0.9)

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
