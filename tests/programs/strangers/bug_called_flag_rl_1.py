# label: bug
# category: called-flag-rl
# rule: FRZ104
# line: 39
# truth: requires_grad is a bool and is called: TypeError in the constructor of the agent
# raises: TypeError
import copy
import random
from collections import deque

import torch
from torch import nn


class Actor(nn.Module):
    def __init__(self, obs, act):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(obs, 16), nn.ReLU(), nn.Linear(16, act), nn.Tanh())

    def forward(self, o):
        return self.net(o)


class Critic(nn.Module):
    def __init__(self, obs, act):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(obs + act, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, o, a):
        return self.net(torch.cat([o, a], dim=-1)).squeeze(-1)


class DDPG:
    def __init__(self, obs=3, act=1, gamma=0.99, tau=0.01):
        self.pi, self.q = Actor(obs, act), Critic(obs, act)
        self.pi_targ, self.q_targ = copy.deepcopy(self.pi), copy.deepcopy(self.q)
        for net in (self.pi_targ, self.q_targ):
            for p in net.parameters():
                p.requires_grad(False)
        self.gamma, self.tau = gamma, tau
        self.pi_opt = torch.optim.Adam(self.pi.parameters(), lr=1e-3)
        self.q_opt = torch.optim.Adam(self.q.parameters(), lr=1e-3)
        self.memory = deque(maxlen=100)

    def update(self, batch):
        o, a, r, o2 = (torch.stack(x) for x in zip(*batch))
        with torch.no_grad():
            backup = r + self.gamma * self.q_targ(o2, self.pi_targ(o2))
        q_loss = (self.q(o, a) - backup).pow(2).mean()
        self.q_opt.zero_grad()
        q_loss.backward()
        self.q_opt.step()
        for p in self.q.parameters():
            p.requires_grad = False
        pi_loss = -self.q(o, self.pi(o)).mean()
        self.pi_opt.zero_grad()
        pi_loss.backward()
        self.pi_opt.step()
        for p in self.q.parameters():
            p.requires_grad = True
        with torch.no_grad():
            for p, pt in zip(self.q.parameters(), self.q_targ.parameters()):
                pt.mul_(1 - self.tau).add_(self.tau * p)


torch.manual_seed(0)
random.seed(0)
agent = DDPG()
for t in range(20):
    agent.memory.append((torch.randn(3), torch.rand(1), torch.randn(()), torch.randn(3)))
    if t >= 8 and t % 4 == 0:
        agent.update(random.sample(agent.memory, 8))
