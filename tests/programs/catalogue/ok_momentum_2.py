# label: ok
# category: momentum-beside-eval
# rule: FRZ308, FRZ301
# truth: clean; the layer runs in eval mode and normalises by its statistics
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
net[:2].requires_grad_(False)
optimizer = torch.optim.SGD(net[3].parameters(), lr=0.1)
for _ in range(3):
    net.train()
    net[1].momentum = 0
    net[1].eval()
    optimizer.zero_grad()
    net(torch.randn(6, 4)).pow(2).mean().backward()
    optimizer.step()
