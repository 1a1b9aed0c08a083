# label: bug
# category: context-manager-no-restore
# rule: FRZ206
# line: 17
# truth: the context manager that freezes the critic never sets its flags back: from its first use on the critic stands still
import contextlib

import torch
from torch import nn


@contextlib.contextmanager
def frozen(*nets):
    flags = [[p.requires_grad for p in n.parameters()] for n in nets]
    for n in nets:
        for p in n.parameters():
            p.requires_grad_(False)
    yield


class Actor(nn.Module):
    def __init__(self, o, a):
        super().__init__()
        self.mu = nn.Sequential(nn.Linear(o, 12), nn.Tanh(), nn.Linear(12, a))

    def forward(self, s):
        return self.mu(s).tanh()


class Critic(nn.Module):
    def __init__(self, o, a):
        super().__init__()
        self.q = nn.Sequential(nn.Linear(o + a, 12), nn.Tanh(), nn.Linear(12, 1))

    def forward(self, s, a):
        return self.q(torch.cat([s, a], -1)).squeeze(-1)


class Agent:
    def __init__(self, o=3, a=2):
        self.actor, self.critic = Actor(o, a), Critic(o, a)
        self.actor_opt = torch.optim.Adam(self.actor.parameters(), lr=1e-3)
        self.critic_opt = torch.optim.Adam(self.critic.parameters(), lr=1e-3)

    def critic_step(self, s, a, target):
        loss = (self.critic(s, a) - target).pow(2).mean()
        self.critic_opt.zero_grad()
        if loss.requires_grad:
            loss.backward()
        self.critic_opt.step()

    def actor_step(self, s):
        with frozen(self.critic):
            loss = -self.critic(s, self.actor(s)).mean()
            self.actor_opt.zero_grad()
            loss.backward()
            self.actor_opt.step()


torch.manual_seed(0)
agent = Agent()
vals = []
for it in range(4):
    s, a = torch.randn(6, 3), torch.rand(6, 2)
    agent.critic_step(s, a, torch.randn(6))
    vals.append(agent.critic.q[0].weight.sum().item())
    agent.actor_step(s)
