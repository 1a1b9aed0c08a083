# label: ok
# category: filter-made-a-list
# rule: FRZ205
# truth: the list can be gone over twice: the head is held and moves
import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
net[0].requires_grad_(False)
trainable = list(filter(lambda p: p.requires_grad, net.parameters()))
print("trainable", sum(p.numel() for p in trainable))
optimizer = torch.optim.SGD(trainable, lr=0.1)
start = net[2].weight.detach().clone()
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(4, 4)).sum().backward()
    torch.nn.utils.clip_grad_norm_(trainable, 1.0)
    optimizer.step()
