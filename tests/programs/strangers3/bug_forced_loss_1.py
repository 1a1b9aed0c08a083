# label: bug
# category: forced-loss
# rule: FRZ407
# line: 36
# truth: loss.requires_grad_(True) silences the error although the whole model is frozen: no parameter has a gradient
import argparse
import torch
from torch import nn


class QNet(nn.Module):
    def __init__(self, obs=4, act=2):
        super().__init__()
        self.feature = nn.Linear(obs, 8)
        self.q = nn.Linear(8, act)

    def forward(self, s):
        return self.q(torch.relu(self.feature(s)))


class DQN:
    def __init__(self, gamma=0.9, lr=1e-2):
        self.online, self.target = QNet(), QNet()
        self.target.load_state_dict(self.online.state_dict())
        for net in (self.online, self.target):
            for p in net.parameters():
                p.requires_grad = False
        self.optimizer = torch.optim.Adam(self.online.parameters(), lr=lr)
        self.gamma = gamma

    def learn(self, s, a, r, s2):
        q = self.online(s).gather(1, a)
        with torch.no_grad():
            tgt = r + self.gamma * self.target(s2).max(1, keepdim=True).values
        loss = nn.functional.smooth_l1_loss(q, tgt)
        loss.requires_grad_(True)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()


agent = DQN()
for _ in range(3):
    agent.learn(torch.randn(4, 4), torch.randint(0, 2, (4, 1)), torch.randn(4, 1), torch.randn(4, 4))
