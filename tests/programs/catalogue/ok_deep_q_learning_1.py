# label: ok
# category: deep-q-learning
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; q.* moves, target.* is copied from it
import copy, random, collections
import torch
from torch import nn

class Agent:
    def __init__(self):
        self.q = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
        self.target = copy.deepcopy(self.q)
        self.opt = torch.optim.Adam(self.q.parameters(), lr=1e-3)
        self.memory = collections.deque(maxlen=100)
    def act(self, s):
        with torch.no_grad():
            return self.q(s).argmax(-1).item()
    def learn(self, batch):
        s, a, r, s2 = batch
        values = self.q(s).gather(1, a[:, None]).squeeze(1)
        with torch.no_grad():
            nxt = self.target(s2).max(1).values
        loss = nn.functional.smooth_l1_loss(values, r + .99 * nxt)
        self.opt.zero_grad(); loss.backward(); self.opt.step()
    def sync(self):
        self.target.load_state_dict(self.q.state_dict())
agent = Agent()
for i in range(4):
    agent.act(torch.randn(4))
    agent.learn((torch.randn(8, 4), torch.randint(0, 2, (8,)), torch.randn(8), torch.randn(8, 4)))
    agent.sync()
