# label: bug
# category: nothing-left-to-train
# rule: FRZ206
# line: 26
# truth: the discriminator is frozen for the generator step and never thawed, it moves no more
import torch
from torch import nn
import torch.nn.functional as F


def set_requires_grad(net, flag):
    for p in net.parameters():
        p.requires_grad = flag


class GAN(nn.Module):
    def __init__(self, z_dim=3, x_dim=5):
        super().__init__()
        self.z_dim = z_dim
        self.G = nn.Sequential(nn.Linear(z_dim, 12), nn.ReLU(), nn.Linear(12, x_dim))
        self.D = nn.Sequential(nn.Linear(x_dim, 12), nn.LeakyReLU(0.1), nn.Linear(12, 1))
        self.opt_g = torch.optim.Adam(self.G.parameters(), lr=1e-3)
        self.opt_d = torch.optim.Adam(self.D.parameters(), lr=1e-3)

    def g_step(self, n):
        set_requires_grad(self.D, False)
        fake = self.G(torch.randn(n, self.z_dim))
        self.opt_g.zero_grad()
        F.softplus(-self.D(fake)).mean().backward()
        self.opt_g.step()

    def d_step(self, real):
        fake = self.G(torch.randn(len(real), self.z_dim))
        loss = F.softplus(self.D(fake)).mean() + F.softplus(-self.D(real)).mean()
        self.opt_d.zero_grad()
        loss.backward()
        self.opt_d.step()


gan = GAN()
for _ in range(3):
    gan.g_step(8)
    gan.d_step(torch.randn(8, 5) + 2)
