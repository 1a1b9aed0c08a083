# label: bug
# category: replaced
# rule: FRZ115
# line: 34
# truth: the encoder is frozen and then a new one with the requested depth is assigned: the new one trains
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, d, depth):
        super().__init__()
        self.layers = nn.Sequential(*(nn.Linear(d, d) for _ in range(depth)))

    def forward(self, x):
        return torch.relu(self.layers(x))


class VAE(nn.Module):
    def __init__(self, d=6, z=2):
        super().__init__()
        self.encoder = Encoder(d, 1)
        self.to_mu = nn.Linear(d, z)
        self.decoder = nn.Linear(z, d)

    def forward(self, x):
        return self.decoder(self.to_mu(self.encoder(x)))


def build(depth=3, freeze_encoder=True):
    vae = VAE()
    if freeze_encoder:
        vae.encoder.requires_grad_(False)
    vae.encoder = Encoder(6, depth)
    return vae


vae = build()
opt = torch.optim.Adam(vae.parameters(), lr=1e-2)
for _ in range(2):
    x = torch.randn(4, 6)
    loss = (vae(x) - x).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
