# label: ok
# category: eval-repeated-in-forward
# rule: FRZ301, FRZ302, FRZ303, FRZ305
# truth: clean; lpips.* stay still, statistics of lpips.1 stay still, decoder.* move
"""An autoencoder with a perceptual loss network that puts itself into eval mode at every call."""
import torch
from torch import nn


class Perceptual(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Conv2d(1, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.Dropout(0.5))
        self.requires_grad_(False)

    def forward(self, x):
        if self.training:
            self.eval()
        return super().forward(x)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.decoder = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 36), nn.Sigmoid())
        self.lpips = Perceptual()

    def forward(self, z):
        return self.decoder(z).view(-1, 1, 6, 6)

    def loss(self, z, target):
        image = self(z)
        return (self.lpips(image) - self.lpips(target)).pow(2).mean() + (image - target).abs().mean()


vae = VAE()
opt = torch.optim.Adam([p for p in vae.parameters() if p.requires_grad], lr=1e-2)
for epoch in range(3):
    vae.train()
    loss = vae.loss(torch.randn(5, 4), torch.rand(5, 1, 6, 6))
    opt.zero_grad()
    loss.backward()
    opt.step()
