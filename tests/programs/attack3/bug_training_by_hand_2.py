# label: bug
# category: training-by-hand
# rule: FRZ306
# line: 20
# truth: test() only sets the flag of the net itself, so the dropout inside is active: two forwards of one input differ
import torch
from torch import nn


class QNet(nn.Module):
    def __init__(self, obs=4, actions=2):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(obs, 32), nn.ReLU(), nn.Dropout(0.5))
        self.q = nn.Linear(32, actions)

    def forward(self, s):
        return self.q(self.trunk(s))

    def set_eval(self):
        self.training = False


class Agent:
    def __init__(self):
        self.net = QNet()
        self.opt = torch.optim.Adam(self.net.parameters(), lr=1e-3)

    def learn(self, s, a, target):
        self.net.train()
        q = self.net(s).gather(1, a)
        loss = nn.functional.smooth_l1_loss(q, target)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()

    @torch.no_grad()
    def act(self, s):
        self.net.set_eval()
        return self.net(s)


torch.manual_seed(0)
agent = Agent()
for _ in range(3):
    agent.learn(torch.randn(8, 4), torch.randint(0, 2, (8, 1)), torch.randn(8, 1))
state = torch.randn(1, 4)
print(agent.act(state), agent.act(state))
