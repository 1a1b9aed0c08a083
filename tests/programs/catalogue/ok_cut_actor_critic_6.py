# label: ok
# category: cut-actor-critic
# rule: FRZ401
# truth: clean; actor.* and critic.* move though the advantage is detached
import torch
from torch import nn
from torch.distributions import Categorical


class ActorCritic(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 8), nn.Tanh())
        self.actor = nn.Linear(8, 2)
        self.critic = nn.Linear(8, 1)

    def forward(self, obs):
        h = self.body(obs)
        return Categorical(logits=self.actor(h)), self.critic(h).squeeze(-1)


agent = ActorCritic()
optim = torch.optim.Adam(agent.parameters(), lr=1e-2)
for _ in range(3):
    obs, returns = torch.randn(16, 4), torch.randn(16)
    with torch.no_grad():
        dist, old_value = agent(obs)
        action = dist.sample()
    dist, value = agent(obs)
    advantage = (returns - value).detach()
    policy_loss = -(dist.log_prob(action) * advantage).mean()
    value_loss = (returns - value).pow(2).mean()
    loss = policy_loss + 0.5 * value_loss - 0.01 * dist.entropy().mean()
    optim.zero_grad()
    loss.backward()
    optim.step()
