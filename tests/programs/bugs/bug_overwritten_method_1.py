# label: bug
# category: overwritten-method
# rule: FRZ105
# line: 25
# truth: assigning to requires_grad_ replaces the method and leaves every flag True
import torch
from torch import nn


def make_vae(x_dim=10, z_dim=2):
    enc = nn.Sequential(nn.Linear(x_dim, 8), nn.Tanh(), nn.Linear(8, 2 * z_dim))
    dec = nn.Sequential(nn.Linear(z_dim, 8), nn.Tanh(), nn.Linear(8, x_dim))
    return nn.ModuleDict({"enc": enc, "dec": dec})


def elbo(vae, x):
    mu, logvar = vae["enc"](x).chunk(2, dim=-1)
    z = mu + torch.randn_like(mu) * (0.5 * logvar).exp()
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(-1)
    return ((vae["dec"](z) - x) ** 2).sum(-1).add(kl).mean()


vae = make_vae()
for p in vae["enc"].parameters():
    p.requires_grad_ = False

optimizer = torch.optim.Adam(vae.parameters(), lr=1e-3)
x = torch.randn(64, 10)
for epoch in range(2):
    for xb in x.chunk(2):
        optimizer.zero_grad()
        elbo(vae, xb).backward()
        optimizer.step()
