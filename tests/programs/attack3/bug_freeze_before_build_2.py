# label: bug
# category: freeze-before-build
# rule: FRZ124
# line: 15
# truth: requires_grad_(False) runs before the layers of the extractor exist; its weights move
import torch
import torch.nn as nn


class FrozenExtractor(nn.Module):
    """Fixed features for the actor and the critic."""

    def __init__(self, obs_dim=4, hidden=16):
        super().__init__()
        self.requires_grad_(False)
        self.fc1 = nn.Linear(obs_dim, hidden)
        self.fc2 = nn.Linear(hidden, hidden)

    def forward(self, obs):
        return torch.tanh(self.fc2(torch.tanh(self.fc1(obs))))


class ActorCritic(nn.Module):
    def __init__(self, n_actions=2):
        super().__init__()
        self.extractor = FrozenExtractor()
        self.actor = nn.Linear(16, n_actions)
        self.critic = nn.Linear(16, 1)

    def forward(self, obs):
        h = self.extractor(obs)
        return torch.distributions.Categorical(logits=self.actor(h)), self.critic(h).squeeze(-1)


class A2C:
    def __init__(self, lr=1e-2):
        self.net = ActorCritic()
        self.optimizer = torch.optim.RMSprop(self.net.parameters(), lr=lr)

    def update(self, obs, returns):
        dist, value = self.net(obs)
        adv = returns - value
        loss = -(dist.log_prob(dist.sample()) * adv.detach()).mean() + 0.5 * adv.pow(2).mean()
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 0.5)
        self.optimizer.step()


agent = A2C()
for _ in range(3):
    agent.update(torch.randn(8, 4), torch.randn(8))
