# label: ok
# category: clipped-critic
# rule: FRZ307
# truth: clean; the critic is clipped while it trains
import torch
from torch import nn


def set_requires_grad(net, flag):
    for p in net.parameters():
        p.requires_grad = flag


torch.manual_seed(0)
critic = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 1))
generator = nn.Linear(2, 3)
opt_c = torch.optim.RMSprop(critic.parameters(), lr=1e-3)
opt_g = torch.optim.RMSprop(generator.parameters(), lr=1e-3)
for _ in range(4):
    set_requires_grad(critic, True)
    for p in critic.parameters():
        p.data.clamp_(-0.1, 0.1)
    opt_c.zero_grad()
    (critic(generator(torch.randn(5, 2)).detach()).mean() - critic(torch.randn(5, 3)).mean()).backward()
    opt_c.step()
    set_requires_grad(critic, False)
    opt_g.zero_grad()
    (-critic(generator(torch.randn(5, 2))).mean()).backward()
    opt_g.step()
