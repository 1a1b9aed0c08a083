"""All layers are frozen for a task that needs some to train. `backward()` raises.

raises: RuntimeError
"""

import torch
from torch import nn

net = nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2))
for weight in net.parameters():
    weight.requires_grad = False  # expect: FRZ206

optimizer = torch.optim.SGD(net.parameters(), lr=0.1)  # note: FRZ206
loss = nn.functional.cross_entropy(net(torch.randn(3, 5)), torch.tensor([0, 1, 1]))
loss.backward()
optimizer.step()  # note: FRZ206
