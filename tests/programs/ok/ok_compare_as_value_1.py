# label: ok
# category: compare-as-value
# rule: FRZ103,FRZ102
# truth: clean
import torch
from torch import nn


def count(model, trainable=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad == trainable)


def frozen_names(model):
    for n, p in model.named_parameters():
        yield n, p.requires_grad is False


def check(model, expected):
    """Raises when the flags are not what the recipe says."""
    for (name, is_frozen), want in zip(frozen_names(model), expected):
        is_frozen == want or print("unexpected flag:", name)
        assert is_frozen == want, name


net = nn.Sequential(nn.Linear(3, 5), nn.ELU(), nn.Linear(5, 2))
before = {n: p.requires_grad for n, p in net.named_parameters()}
for i, p in enumerate(net.parameters()):
    p.requires_grad = i >= 2
check(net, [True, True, False, False])
print(count(net), count(net, trainable=False))
opt = torch.optim.Adagrad([p for p in net.parameters() if p.requires_grad is True], lr=0.1)
for _ in range(2):
    opt.zero_grad()
    net(torch.randn(4, 3)).pow(2).sum().backward()
    opt.step()
