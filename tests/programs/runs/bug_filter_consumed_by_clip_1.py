# label: bug
# category: iterator-used-up
# rule: FRZ205
# line: 15
# truth: counting the parameters uses the filter up: the optimizer gets none and raises
# raises: ValueError
import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
for p in net[0].parameters():
    p.requires_grad = False
trainable = filter(lambda p: p.requires_grad, net.parameters())
print("trainable", sum(p.numel() for p in trainable))
optimizer = torch.optim.SGD(trainable, lr=0.1)
for _ in range(2):
    loss = net(torch.randn(4, 4)).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
