# label: ok
# category: no-grad-object
# rule: FRZ403
# truth: the no_grad object is stored and used by with, and as a decorator
import torch
from torch import nn

no_grad = torch.no_grad()
validation_context = torch.inference_mode


@no_grad
def update_target(target, source, tau=0.1):
    for t, s in zip(target.parameters(), source.parameters()):
        t.lerp_(s, tau)


class SAC:
    def __init__(self):
        self.q = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 1))
        self.q_target = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 1))
        self.q_target.load_state_dict(self.q.state_dict())
        for p in self.q_target.parameters():
            p.requires_grad = False
        self.opt = torch.optim.Adam(self.q.parameters(), lr=1e-3)

    def learn(self, sa, r, sa2):
        with torch.no_grad():
            y = r + 0.99 * self.q_target(sa2)
        loss = (self.q(sa) - y).square().mean()
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        update_target(self.q_target, self.q)


agent = SAC()
for _ in range(3):
    agent.learn(torch.randn(4, 5), torch.randn(4, 1), torch.randn(4, 5))
with validation_context():
    agent.q(torch.randn(1, 5))
