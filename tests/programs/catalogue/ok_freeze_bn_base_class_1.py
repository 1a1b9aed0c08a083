# label: ok
# category: freeze-bn-base-class
# rule: FRZ120
# truth: the common base class takes every norm of the network
import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(64, 6), nn.BatchNorm1d(6), nn.Linear(6, 1))


def freeze_bn(net):
    for m in net.modules():
        if isinstance(m, _BatchNorm):
            m.eval()
            for p in m.parameters():
                p.requires_grad = False


optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    model.train()
    freeze_bn(model)
    optimizer.zero_grad()
    model(torch.randn(4, 1, 6, 6)).sum().backward()
    optimizer.step()
