# label: bug
# category: exhausted-iterator
# rule: FRZ205
# line: 22
# truth: parameters() is used up by the optimizer, so clipping sees nothing and leaves large norms
import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 16), nn.Tanh(), nn.Linear(16, 1))
for p in net[0].parameters():
    p.requires_grad_(False)

params = (p for p in net.parameters() if p.requires_grad)
optimizer = torch.optim.SGD(params, lr=1e-3)
max_norm = 1e-3


def train_step(x, y):
    loss = (net(x) - y).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(params, max_norm)
    optimizer.step()
    return loss.item()


for i in range(5):
    x = torch.randn(32, 3)
    y = 100 * x.sum(1, keepdim=True)
    value = train_step(x, y)
    if i % 2 == 0:
        print(i, value)
