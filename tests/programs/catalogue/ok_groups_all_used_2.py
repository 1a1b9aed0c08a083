# label: ok
# category: groups-all-used
# rule: FRZ207
# truth: the list of frozen parameters is only there to freeze them
import torch
from torch import nn


def setup(model):
    frozen = list(model[0].parameters())
    rest = [p for p in model[2].parameters()]
    for p in frozen:
        p.requires_grad_(False)
    print(sum(p.numel() for p in frozen), "frozen,", sum(p.numel() for p in rest), "trained")
    return torch.optim.SGD(rest, lr=0.1)


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1))
sgd = setup(net)
for _ in range(3):
    sgd.zero_grad()
    net(torch.randn(4, 3)).sum().backward()
    sgd.step()
