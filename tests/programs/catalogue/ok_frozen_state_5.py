# label: ok
# category: update-bn-of-a-trained-net
# rule: FRZ307
# truth: clean; the BatchNorm is trained, so its statistics have to be estimated anew
import torch
from torch import nn
from torch.optim import swa_utils

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
net[0].requires_grad_(False)
swa = swa_utils.AveragedModel(net)
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
data = [torch.randn(8, 4) for _ in range(3)]
for epoch in range(3):
    net.train()
    for x in data:
        optimizer.zero_grad()
        net(x).pow(2).mean().backward()
        optimizer.step()
    swa.update_parameters(net)
swa_utils.update_bn(data, swa)
