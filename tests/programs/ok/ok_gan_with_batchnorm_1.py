# label: ok
# category: norms-of-a-part-trained-elsewhere
# rule: FRZ301, FRZ201, FRZ202, FRZ206
# truth: clean; generator.*.weight move, critic.*.weight move, statistics of critic.1 move
"""DCGAN shape: the critic has BatchNorm, is frozen for the generator's half and trained in its own."""
import torch
from torch import nn


class Gan(nn.Module):
    def __init__(self):
        super().__init__()
        self.generator = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 6))
        self.critic = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.LeakyReLU(0.2), nn.Linear(8, 1))

    def forward(self, z):
        return self.critic(self.generator(z))


gan = Gan()
optimizers = {
    "g": torch.optim.RMSprop(gan.generator.parameters(), lr=1e-3),
    "d": torch.optim.RMSprop(gan.critic.parameters(), lr=1e-3),
}
for iteration in range(4):
    gan.train()
    for p in gan.critic.parameters():  # reset requires_grad
        p.requires_grad = True  # they are set to False below in the generator update
    optimizers["d"].zero_grad()
    fake = gan.generator(torch.randn(8, 4)).detach()
    d_loss = gan.critic(fake).mean() - gan.critic(torch.randn(8, 6)).mean()
    d_loss.backward()
    optimizers["d"].step()
    for p in gan.critic.parameters():
        p.data.clamp_(-0.5, 0.5)

    for p in gan.critic.parameters():
        p.requires_grad = False  # to avoid computation
    optimizers["g"].zero_grad()
    g_loss = -gan(torch.randn(8, 4)).mean()
    g_loss.backward()
    optimizers["g"].step()
