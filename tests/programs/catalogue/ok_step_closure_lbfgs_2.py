# label: ok
# category: step-closure-lbfgs
# rule: FRZ405
# truth: clean; net.* moves
import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
optimizer = torch.optim.LBFGS(net.parameters(), max_iter=3)
x = torch.randn(16, 2)
with torch.no_grad():
    y = x.prod(dim=1, keepdim=True)


def closure():
    optimizer.zero_grad()
    loss = (net(x) - y).pow(2).mean()
    loss.backward()
    return loss


for _ in range(2):
    optimizer.step(closure)
