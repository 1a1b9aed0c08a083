# label: bug
# category: state-rewritten
# rule: FRZ307
# line: 32
# truth: the WGAN clamp runs over all critic parameters, also over the frozen features, and cuts them to 0.01
import torch
from torch import nn


class Critic(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.features = features
        self.score = nn.Linear(8, 1)

    def forward(self, x):
        return self.score(self.features(x))


def train(critic, gen, clip=0.01, iters=3):
    for p in critic.features.parameters():
        p.requires_grad = False
    opt_d = torch.optim.RMSprop([p for p in critic.parameters() if p.requires_grad], lr=5e-3)
    opt_g = torch.optim.RMSprop(gen.parameters(), lr=5e-3)
    for _ in range(iters):
        real, z = torch.randn(8, 4), torch.randn(8, 2)
        loss_d = critic(gen(z).detach()).mean() - critic(real).mean()
        opt_d.zero_grad()
        loss_d.backward()
        opt_d.step()
        for p in critic.parameters():
            p.data.clamp_(-clip, clip)
        loss_g = -critic(gen(z)).mean()
        opt_g.zero_grad()
        loss_g.backward()
        opt_g.step()


features = nn.Sequential(nn.Linear(4, 8), nn.LeakyReLU(0.2))
critic, gen = Critic(features), nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 4))
train(critic, gen)
