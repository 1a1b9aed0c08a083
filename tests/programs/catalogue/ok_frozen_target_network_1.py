# label: ok
# category: frozen-target-network
# rule: FRZ125
# truth: the frozen target network is asked for the value of the next state
import copy

import torch
from torch import nn


class Agent:
    def __init__(self):
        self.q = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 2))
        self.target = copy.deepcopy(self.q)
        self.target.requires_grad_(False)
        self.optimizer = torch.optim.Adam(self.q.parameters(), lr=1e-3)

    def value(self, state, net="target"):
        return getattr(self, net)(state).max(-1).values

    def learn(self, s, s2):
        loss = (self.value(s, "q") - 0.9 * self.value(s2)).pow(2).mean()
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()


agent = Agent()
for _ in range(2):
    agent.learn(torch.randn(4, 3), torch.randn(4, 3))
