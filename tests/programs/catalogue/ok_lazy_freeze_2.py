# label: ok
# category: lazy-freeze
# rule: FRZ110
# truth: the generator is handed to the caller, who goes over it: the stem is frozen
import torch
from torch import nn


def frozen(module):
    return (p.requires_grad_(False) for p in module.parameters())


stem, head = nn.Linear(3, 6), nn.Linear(6, 2)
count = 0
for p in frozen(stem):
    count += p.numel()
optimizer = torch.optim.Adam(head.parameters())
head(stem(torch.randn(5, 3))).sum().backward()
optimizer.step()
print(count, [p.requires_grad for p in stem.parameters()])
