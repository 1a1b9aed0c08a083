# label: bug
# category: bystander
# rule: FRZ125
# line: 34
# truth: the helper freezes a deep copy whose return value is thrown away; the encoder that runs trains
import copy

import torch
from torch import nn


def frozen(module):
    """Returns a frozen copy of the module."""
    clone = copy.deepcopy(module)
    for p in clone.parameters():
        p.requires_grad = False
    return clone.eval()


class VAE(nn.Module):
    def __init__(self, d=10, z=2):
        super().__init__()
        self.encoder = nn.Linear(d, 2 * z)
        self.decoder = nn.Sequential(nn.Linear(z, 8), nn.ReLU(), nn.Linear(8, d))

    def forward(self, x):
        mu, logvar = self.encoder(x).chunk(2, -1)
        z = mu + torch.randn_like(mu) * (0.5 * logvar).exp()
        kl = 0.5 * (mu.pow(2) + logvar.exp() - logvar - 1).sum(-1).mean()
        return self.decoder(z), kl


vae = VAE()
frozen(vae.encoder)
optimizer = torch.optim.Adam(vae.parameters(), lr=1e-3)
for it in range(3):
    x = torch.rand(8, 10)
    rec, kl = vae(x)
    loss = nn.functional.mse_loss(rec, x) + 0.1 * kl
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
