# label: ok
# category: toggled-and-given-back
# rule: FRZ206, FRZ201, FRZ203, FRZ114
# truth: clean; Gen:* and Disc:* move
"""Lightning-like toggle_optimizer / untoggle_optimizer around each half of a GAN step."""
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce


class Gen(nn.Sequential):
    pass


class Disc(nn.Sequential):
    pass


class GAN:
    def __init__(self):
        self.gen = Gen(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 4))
        self.disc = Disc(nn.Linear(4, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
        self._state = {}

    def configure_optimizers(self):
        return torch.optim.Adam(self.gen.parameters(), 1e-3), torch.optim.Adam(self.disc.parameters(), 1e-3)

    def toggle(self, keep):
        for p in [*self.gen.parameters(), *self.disc.parameters()]:
            self._state[p] = p.requires_grad
            p.requires_grad = False
        for p in keep.parameters():
            p.requires_grad = self._state[p]

    def untoggle(self):
        for p, flag in self._state.items():
            p.requires_grad = flag
        self._state.clear()


gan = GAN()
opt_g, opt_d = gan.configure_optimizers()
for _ in range(3):
    real, z = torch.randn(6, 4), torch.randn(6, 3)
    gan.toggle(gan.gen)
    opt_g.zero_grad()
    bce(gan.disc(gan.gen(z)), torch.ones(6, 1)).backward()
    opt_g.step()
    gan.untoggle()
    gan.toggle(gan.disc)
    opt_d.zero_grad()
    fake = gan.disc(gan.gen(z).detach())
    (bce(gan.disc(real), torch.ones(6, 1)) + bce(fake, torch.zeros(6, 1))).backward()
    opt_d.step()
    gan.untoggle()
