# label: bug
# category: name-filter-overmatches
# rule: FRZ113
# line: main.py:19
# truth: block.2 was to stay trainable alone; block.20 and block.21 stay trainable as well
import torch
from towers import Tower

KEEP = ("block.2", "head")

tower = Tower(22)


def keeps(name):
    return any(name.startswith(each) for each in KEEP)


for name, p in tower.named_parameters():
    p.requires_grad = keeps(name)
optimizer = torch.optim.SGD([p for p in tower.parameters() if p.requires_grad], lr=0.1)
tower(torch.randn(2, 2)).sum().backward()
optimizer.step()
print([n for n, p in tower.named_parameters() if p.requires_grad])
