# label: bug
# category: training-flag-by-hand
# rule: FRZ306
# line: 19
# truth: the validation batch moves the running mean: net[1].training is True while net.training is False
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(3):
    net.train()
    x = torch.randn(8, 4)
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), (x[:, 0] > 0).long()).backward()
    optimizer.step()

    net.training = False
    with torch.no_grad():
        before = net[1].running_mean.clone()
        net(torch.randn(8, 4) + 5)
        drift = (net[1].running_mean - before).abs().max().item()
