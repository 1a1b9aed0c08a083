"""A list may be read as often as one likes; an iterator is used once in each of two exclusive branches."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))
model[0].requires_grad_(False)

trainable = [p for p in model.parameters() if p.requires_grad]
print("trainable:", sum(p.numel() for p in trainable))
once = filter(lambda p: p.requires_grad, model.parameters())
if len(trainable) > 4:
    optimizer = torch.optim.SGD(trainable, lr=0.1)
else:
    optimizer = torch.optim.SGD(once, lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
