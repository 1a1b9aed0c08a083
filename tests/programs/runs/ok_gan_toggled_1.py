# label: ok
# category: gan-toggles
# rule: FRZ206
# truth: the critic is frozen for the generator's step only; both move
import torch
from torch import nn


def toggle(net, on):
    for p in net.parameters():
        p.requires_grad_(on)


torch.manual_seed(0)
generator = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
critic = nn.Sequential(nn.Linear(2, 16), nn.LeakyReLU(0.2), nn.Linear(16, 1))
opt_g = torch.optim.Adam(generator.parameters(), lr=1e-3)
opt_d = torch.optim.Adam(critic.parameters(), lr=1e-3)
before = critic[0].weight.detach().clone(), generator[0].weight.detach().clone()
for i in range(4):
    toggle(critic, True)
    real, noise = torch.randn(8, 2), torch.randn(8, 4)
    loss_d = critic(generator(noise).detach()).mean() - critic(real).mean()
    opt_d.zero_grad()
    loss_d.backward()
    opt_d.step()

    toggle(critic, False)
    loss_g = -critic(generator(noise)).mean()
    opt_g.zero_grad()
    loss_g.backward()
    opt_g.step()
toggle(critic, True)
