# label: ok
# category: flag-of-leaf-layers
# rule: FRZ306, FRZ301
# truth: clean; the BatchNorm layers themselves are set: none counts a batch
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
for p in net[:2].parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD(net[3].parameters(), lr=0.1)
for epoch in range(3):
    net.train()
    for m in net.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.training = False
    optimizer.zero_grad()
    net(torch.randn(6, 4)).pow(2).mean().backward()
    optimizer.step()
