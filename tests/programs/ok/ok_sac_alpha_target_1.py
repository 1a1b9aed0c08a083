# label: ok
# category: sac-alpha-target
# rule: FRZ403,FRZ206,FRZ105
# truth: clean
from copy import deepcopy
from itertools import chain

import torch
import torch.nn as nn
from torch.optim import Adam


def mlp(sizes, activation=nn.ReLU):
    layers = []
    for j in range(len(sizes) - 1):
        layers += [nn.Linear(sizes[j], sizes[j + 1]), activation()]
    return nn.Sequential(*layers[:-1])


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.q1, self.q2, self.pi = mlp([4, 8, 1]), mlp([4, 8, 1]), mlp([3, 8, 1])


def sac(polyak=0.9, gamma=0.99):
    ac = Critic()
    ac_targ = deepcopy(ac)
    # Freeze target networks with respect to optimizers (only update via polyak averaging)
    for p in ac_targ.parameters():
        p.requires_grad = False
    q_params = list(chain(ac.q1.parameters(), ac.q2.parameters()))
    q_optimizer, pi_optimizer = Adam(q_params, lr=1e-3), Adam(ac.pi.parameters(), lr=1e-3)

    def update(o, a, r, o2):
        q_optimizer.zero_grad()
        with torch.no_grad():
            a2 = ac.pi(o2)
            backup = r + gamma * torch.min(ac_targ.q1(torch.cat([o2, a2], -1)), ac_targ.q2(torch.cat([o2, a2], -1)))
        loss_q = sum(((q(torch.cat([o, a], -1)) - backup) ** 2).mean() for q in (ac.q1, ac.q2))
        loss_q.backward()
        q_optimizer.step()
        # Freeze Q-networks so you don't waste computational effort
        for p in q_params:
            p.requires_grad = False
        pi_optimizer.zero_grad()
        loss_pi = -ac.q1(torch.cat([o, ac.pi(o)], -1)).mean()
        loss_pi.backward()
        pi_optimizer.step()
        # Unfreeze Q-networks so you can optimize it at next DDPG step.
        for p in q_params:
            p.requires_grad = True
        with torch.no_grad():
            for p, p_targ in zip(ac.parameters(), ac_targ.parameters()):
                p_targ.data.mul_(polyak)
                p_targ.data.add_((1 - polyak) * p.data)

    for t in range(3):
        update(torch.randn(5, 3), torch.randn(5, 1), torch.randn(5, 1), torch.randn(5, 3))


sac()
