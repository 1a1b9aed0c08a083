# label: ok
# category: comparison-used
# rule: FRZ103
# truth: comparisons of requires_grad stand in asserts, filters and a counting expression
import torch
from torch import nn


def check(model, frozen_prefix):
    n_frozen = 0
    for name, p in model.named_parameters():
        is_off = p.requires_grad == False
        n_frozen += is_off
        if name.startswith(frozen_prefix):
            assert p.requires_grad == False, name
    return n_frozen


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 6))
        self.top = nn.Linear(6, 1)

    def forward(self, x):
        return self.top(self.base(x))


net = Net()
[p.requires_grad_(False) for p in net.base.parameters()]
print("frozen:", check(net, "base."))
opt = torch.optim.RMSprop(filter(lambda p: p.requires_grad == True, net.parameters()), lr=1e-3)
for _ in range(2):
    loss = net(torch.randn(3, 4)).abs().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
