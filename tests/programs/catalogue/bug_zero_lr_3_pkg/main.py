# label: bug
# category: zero-lr
# rule: FRZ210
# line: optim.py:8
# truth: the rate of the stem is 0 and its BatchNorm statistics drift at every forward all the same
import torch
from torch import nn

from optim import build

torch.manual_seed(0)
stem = nn.Sequential(nn.Conv1d(2, 4, 3), nn.BatchNorm1d(4), nn.ReLU())
head = nn.Sequential(nn.Flatten(), nn.Linear(4 * 6, 2))
model = nn.Sequential(stem, head)
optimizer = build(model)
model.train()
for _ in range(4):
    loss = nn.functional.cross_entropy(model(torch.randn(6, 2, 8)), torch.randint(0, 2, (6,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
