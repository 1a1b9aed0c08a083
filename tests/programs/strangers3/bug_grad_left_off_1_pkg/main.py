# label: bug
# category: grad-left-off
# rule: FRZ404
# line: loops.py:26
# truth: validate() calls torch.set_grad_enabled(False) and never restores it: the second epoch's backward raises
# raises: RuntimeError
import torch
from torch import nn
from loops import train_epoch, val_epoch

model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
for p in model[0].parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD(model[2].parameters(), lr=0.1)
best = None
for epoch in range(2):
    tr = train_epoch(model, optimizer)
    va = val_epoch(model)
    best = va if best is None else min(best, va)
