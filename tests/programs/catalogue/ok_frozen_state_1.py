# label: ok
# category: decay-of-what-trains
# rule: FRZ307
# truth: clean; the frozen layer stays as it was
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Linear(12, 2))
net[0].requires_grad_(False)
start = net[0].weight.clone()
optimizer = torch.optim.SGD(net[2].parameters(), lr=0.1)
for _ in range(4):
    optimizer.zero_grad()
    net(torch.randn(4, 6)).pow(2).mean().backward()
    optimizer.step()
    for p in net.parameters():
        if p.requires_grad:
            p.data.mul_(0.999)
    with torch.no_grad():
        for p in net.parameters():
            if p.grad is not None:
                p.clamp_(-1, 1)
