# label: bug
# category: wrong-critic
# rule: FRZ125
# line: 17
# truth: the frozen critic plays no part; the one that scores, and was to stay, is in the optimizer
import torch
from torch import nn


def make_critic():
    return nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1))


actor = nn.Linear(2, 3)
critic_a = make_critic()
critic_b = make_critic()
critic_a.requires_grad_(False)
optim = torch.optim.SGD(list(actor.parameters()) + list(critic_b.parameters()), lr=0.05)
for _ in range(3):
    loss = -critic_b(actor(torch.randn(6, 2))).mean()
    optim.zero_grad()
    loss.backward()
    optim.step()
