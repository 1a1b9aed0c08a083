# label: bug
# category: on-copy
# rule: FRZ108
# line: 33
# truth: the freeze goes over state_dict().values(), detached aliases: the frozen layers still move
import torch
import torch.nn as nn


class Policy(nn.Module):
    def __init__(self, obs_dim=4, act_dim=2):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(obs_dim, 16), nn.Tanh())
        self.actor = nn.Linear(16, act_dim)
        self.critic = nn.Linear(16, 1)

    def forward(self, obs):
        h = self.shared(obs)
        return torch.distributions.Categorical(logits=self.actor(h)), self.critic(h).squeeze(-1)


class PPOAgent:
    def __init__(self, lr=3e-3, clip=0.2, freeze_shared=True):
        self.policy = Policy()
        self.clip = clip
        if freeze_shared:
            self._freeze(self.policy.shared)
        self.optimizer = torch.optim.Adam(self.policy.parameters(), lr=lr)

    @staticmethod
    def _freeze(module):
        for tensor in module.state_dict().values():
            tensor.requires_grad = False

    def update(self, obs, actions, old_logp, returns):
        for _ in range(2):
            dist, value = self.policy(obs)
            ratio = (dist.log_prob(actions) - old_logp).exp()
            adv = (returns - value).detach()
            actor_loss = -torch.min(ratio * adv, ratio.clamp(1 - self.clip, 1 + self.clip) * adv).mean()
            loss = actor_loss + 0.5 * (returns - value).pow(2).mean() - 0.01 * dist.entropy().mean()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


agent = PPOAgent()
obs = torch.randn(8, 4)
with torch.no_grad():
    dist, _ = agent.policy(obs)
    acts = dist.sample()
    logp = dist.log_prob(acts)
agent.update(obs, acts, logp, torch.randn(8))
