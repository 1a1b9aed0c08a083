# label: ok
# category: bystander
# rule: FRZ125
# truth: the frozen deep copy runs no forward, but its weights are the anchor of an L2-SP penalty
import copy

import torch
from torch import nn

model = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 2))
anchor = copy.deepcopy(model)
for p in anchor.parameters():
    p.requires_grad = False


def l2_sp(net, start):
    return sum((a - b).pow(2).sum() for a, b in zip(net.parameters(), start.parameters()))


opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(4):
    x, y = torch.randn(8, 5), torch.randint(0, 2, (8,))
    loss = nn.functional.cross_entropy(model(x), y) + 0.01 * l2_sp(model, anchor)
    opt.zero_grad()
    loss.backward()
    opt.step()
