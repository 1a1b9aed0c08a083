# label: bug
# category: toggle-in-epoch
# rule: FRZ404
# line: loops.py:16
# truth: the second epoch trains with gradients off, as validation leaves them: backward raises
# raises: RuntimeError
import torch
from torch import nn

from loops import train_epoch, validate

data = [(torch.randn(4, 5), torch.randint(0, 3, (4,))) for _ in range(2)]
model = nn.Sequential(nn.Linear(5, 7), nn.ReLU(), nn.Linear(7, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    train_epoch(model, optimizer, data)
    print(epoch, validate(model, data))
