# label: ok
# category: saved-flags-restore
# rule: FRZ206,FRZ114
# truth: clean
import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Tanh(), nn.Linear(4, 2))
saved = {name: p.requires_grad for name, p in net.named_parameters()}
first = net[0].weight.requires_grad


def saliency(x):
    net.requires_grad_(False)
    x = x.clone().requires_grad_(True)
    net(x).sum().backward()
    for name, p in net.named_parameters():
        p.requires_grad_(saved[name])
    net[0].weight.requires_grad = first
    return x.grad.abs()


opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    x = torch.randn(4, 4)
    weight = saliency(x)
    opt.zero_grad()
    (net(x).square().mean() * weight.mean()).backward()
    opt.step()
