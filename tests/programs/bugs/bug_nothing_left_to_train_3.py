# label: bug
# category: nothing-left-to-train
# rule: FRZ206
# line: 38
# truth: all tensors of the encoder's own optimizer are frozen, its steps change nothing
import torch
from torch import nn


class PolicyNet(nn.Module):
    def __init__(self, obs_dim=6, n_actions=3):
        super().__init__()
        self.encoder = nn.Linear(obs_dim, 16)
        self.policy = nn.Linear(16, n_actions)

    def forward(self, obs):
        return torch.distributions.Categorical(logits=self.policy(self.encoder(obs).tanh()))


def reinforce(net, optimizers, episodes=3):
    for _ in range(episodes):
        obs = torch.randn(10, 6)
        dist = net(obs)
        action = dist.sample()
        reward = (action == obs[:, :3].argmax(-1)).float()
        loss = -(dist.log_prob(action) * (reward - reward.mean())).mean()
        for o in optimizers:
            o.zero_grad()
        loss.backward()
        for o in optimizers:
            o.step()


net = PolicyNet()
for p in net.encoder.parameters():
    p.requires_grad = False

enc_opt = torch.optim.RMSprop(net.encoder.parameters(), lr=1e-3)
pol_opt = torch.optim.RMSprop(net.policy.parameters(), lr=1e-2)
reinforce(net, [enc_opt, pol_opt])
