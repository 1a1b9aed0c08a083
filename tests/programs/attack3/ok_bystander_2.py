# label: ok
# category: bystander
# rule: FRZ125
# truth: the frozen target critic runs forward for the TD target and follows by soft updates
import copy

import torch
from torch import nn


class DQN:
    def __init__(self, obs=4, n_act=2, tau=0.05):
        self.q = nn.Sequential(nn.Linear(obs, 16), nn.ReLU(), nn.Linear(16, n_act))
        self.q_target = copy.deepcopy(self.q)
        for p in self.q_target.parameters():
            p.requires_grad = False
        self.opt = torch.optim.Adam(self.q.parameters(), lr=1e-3)
        self.tau = tau

    def soft_update(self):
        for tp, p in zip(self.q_target.parameters(), self.q.parameters()):
            tp.data.copy_(self.tau * p.data + (1 - self.tau) * tp.data)

    def learn(self, s, a, r, s2, done, gamma=0.99):
        with torch.no_grad():
            target = r + gamma * (1 - done) * self.q_target(s2).max(1).values
        q = self.q(s).gather(1, a[:, None]).squeeze(1)
        loss = nn.functional.smooth_l1_loss(q, target)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        self.soft_update()


agent = DQN()
for _ in range(4):
    agent.learn(torch.randn(8, 4), torch.randint(0, 2, (8,)), torch.randn(8), torch.randn(8, 4), torch.zeros(8))
