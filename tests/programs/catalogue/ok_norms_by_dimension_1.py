# label: ok
# category: norms-by-dimension
# rule: FRZ120
# truth: there is one type of norms with running statistics; LayerNorm and GroupNorm have none
import torch
from torch import nn

net = nn.Sequential(
    nn.Conv2d(2, 4, 3), nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3), nn.GroupNorm(2, 4), nn.Flatten(), nn.LayerNorm(16), nn.Linear(16, 1)
)


def set_bn_eval(m):
    classname = m.__class__.__name__
    if classname.find("BatchNorm2d") != -1:
        m.eval()


optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
for _ in range(2):
    net.train()
    net.apply(set_bn_eval)
    optimizer.zero_grad()
    net(torch.randn(3, 2, 6, 6)).sum().backward()
    optimizer.step()
