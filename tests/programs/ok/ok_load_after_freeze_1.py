# label: ok
# category: weights-loaded-after-the-freeze
# rule: FRZ206, FRZ204, FRZ114, FRZ305
# truth: clean; encoder.* follow, head.* move; loading writes the values and leaves the flags
"""Plain fine-tuning with early stopping; load_state_dict keeps requires_grad and the Parameter objects."""
import copy

import torch
from torch import nn


def build():
    net = nn.Sequential()
    net.add_module("encoder", nn.Sequential(nn.Linear(6, 8), nn.LayerNorm(8), nn.ReLU()))
    net.add_module("head", nn.Linear(8, 3))
    return net


def freeze_and_load(net, checkpoint):
    for param in net.encoder.parameters():
        param.requires_grad = False
    missing, unexpected = net.load_state_dict(checkpoint, strict=False)
    assert set(missing) == {"head.weight", "head.bias"} and not unexpected
    return net


torch.manual_seed(0)
pretrained = {k: v + 0.5 for k, v in build().state_dict().items() if k.startswith("encoder.")}
net = build()
optimizer = torch.optim.SGD(net.head.parameters(), lr=0.1)
net(torch.zeros(1, 6))
freeze_and_load(net, pretrained)

best, best_weights, patience = float("inf"), None, 0
for epoch in range(10):
    net.train()
    loss = nn.functional.cross_entropy(net(torch.randn(8, 6)), torch.randint(0, 3, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    net.eval()
    with torch.no_grad():
        val = nn.functional.cross_entropy(net(torch.randn(8, 6)), torch.randint(0, 3, (8,))).item()
    if val < best:
        best, best_weights, patience = val, copy.deepcopy(net.state_dict()), 0
    elif (patience := patience + 1) > 3:
        break
net.load_state_dict(best_weights)
assert all(net.state_dict()[k].equal(v) for k, v in pretrained.items())
