# label: bug
# category: non-leaf-flag
# rule: FRZ121
# line: 12
# truth: the integer 0 is no bool: Module.requires_grad_(0) raises TypeError
# raises: TypeError
import torch
from torch import nn


def lock(tower, unlocked=0):
    tower.requires_grad_(unlocked)
    return tower


tower, head = lock(nn.Linear(3, 3)), nn.Linear(3, 2)
optimizer = torch.optim.AdamW(head.parameters())
head(tower(torch.randn(2, 3))).sum().backward()
optimizer.step()
