# label: ok
# category: bare-no-grad-target
# rule: FRZ403
# truth: the context is made once and entered by with
import collections
import random

import torch
from torch import nn

Transition = collections.namedtuple("Transition", "s a r s2 done")


class QNet(nn.Module):
    def __init__(self, obs, n):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(obs, 16), nn.ReLU())
        self.adv, self.val = nn.Linear(16, n), nn.Linear(16, 1)

    def forward(self, s):
        h = self.f(s)
        a = self.adv(h)
        return self.val(h) + a - a.mean(1, keepdim=True)


class DQN:
    def __init__(self, obs=4, n=2, gamma=0.95):
        self.q, self.target = QNet(obs, n), QNet(obs, n)
        self.target.load_state_dict(self.q.state_dict())
        self.gamma = gamma
        self.opt = torch.optim.Adam(self.q.parameters(), lr=1e-3)
        self.buffer = []
        self.frozen = torch.no_grad()

    def learn(self, size=8):
        batch = Transition(*map(torch.stack, zip(*random.sample(self.buffer, size))))
        q = self.q(batch.s).gather(1, batch.a[:, None]).squeeze(1)
        with self.frozen:
            nxt = self.target(batch.s2).max(1).values
        y = batch.r + self.gamma * (1 - batch.done) * nxt
        loss = nn.functional.smooth_l1_loss(q, y)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()

    def sync(self):
        self.target.load_state_dict(self.q.state_dict())


random.seed(0)
torch.manual_seed(0)
agent = DQN()
for t in range(24):
    agent.buffer.append(Transition(torch.randn(4), torch.tensor(t % 2), torch.randn(()), torch.randn(4), torch.zeros(())))
    if t > 8 and t % 3 == 0:
        agent.learn()
    if t % 10 == 9:
        agent.sync()
