# label: ok
# category: function-or-method-called-requires-grad
# rule: FRZ104, FRZ206
# truth: clean; Generator:* move, Discriminator:* move
"""Toggle in the style of the StyleGAN ports: requires_grad is a function here."""
import torch
from torch import nn
from torch.nn import functional as F


def requires_grad(model, flag=True):
    for p in model.parameters():
        p.requires_grad = flag


class Generator(nn.Sequential):
    pass


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(3, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))

    def requires_grad(self, flag):
        """A method of this class, not the tensor flag."""
        requires_grad(self, flag)

    def forward(self, x):
        return self.net(x)


generator, discriminator = Generator(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 3)), Discriminator()
g_optim = torch.optim.Adam(generator.parameters(), lr=2e-3, betas=(0.0, 0.99))
d_optim = torch.optim.Adam(discriminator.parameters(), lr=2e-3, betas=(0.0, 0.99))

for i in range(3):
    requires_grad(generator, False)
    discriminator.requires_grad(True)
    fake = generator(torch.randn(6, 2))
    d_loss = F.softplus(-discriminator(torch.randn(6, 3))).mean() + F.softplus(discriminator(fake)).mean()
    discriminator.zero_grad()
    d_loss.backward()
    d_optim.step()

    requires_grad(generator, True)
    discriminator.requires_grad(False)
    g_loss = F.softplus(-discriminator(generator(torch.randn(6, 2)))).mean()
    generator.zero_grad()
    g_loss.backward()
    g_optim.step()
