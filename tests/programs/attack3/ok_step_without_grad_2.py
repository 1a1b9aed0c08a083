# label: ok
# category: step-without-grad
# rule: FRZ405
# truth: only the evaluation step is decorated; PPO's old log-probabilities are made under no_grad, the loss is not
import torch
from torch import nn
from torch.distributions import Categorical


class PPO:
    def __init__(self):
        self.pi = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3))
        self.opt = torch.optim.Adam(self.pi.parameters(), lr=3e-3)

    @torch.no_grad()
    def rollout(self, n=16):
        obs = torch.randn(n, 4)
        dist = Categorical(logits=self.pi(obs))
        act = dist.sample()
        return obs, act, dist.log_prob(act), torch.randn(n)

    def update(self, obs, act, old_logp, adv, epochs=2, clip=0.2):
        for _ in range(epochs):
            logp = Categorical(logits=self.pi(obs)).log_prob(act)
            ratio = (logp - old_logp).exp()
            loss = -torch.min(ratio * adv, ratio.clamp(1 - clip, 1 + clip) * adv).mean()
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()

    @torch.no_grad()
    def evaluate(self):
        return self.pi(torch.randn(2, 4)).argmax(-1)


agent = PPO()
for _ in range(2):
    agent.update(*agent.rollout())
print(agent.evaluate())
