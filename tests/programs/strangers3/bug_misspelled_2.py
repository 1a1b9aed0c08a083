# label: bug
# category: misspelled
# rule: FRZ102
# line: 16
# truth: requires_grads is set from a flag in a mixin: the discriminator of the GAN is never switched off for the generator step
import torch
from torch import nn


class ToggleMixin:
    def set_requires_grad(self, nets, flag):
        if not isinstance(nets, (list, tuple)):
            nets = [nets]
        for net in nets:
            for p in net.parameters():
                p.requires_grads = flag


class G(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))

    def forward(self, z):
        return self.net(z)


class D(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))

    def forward(self, x):
        return self.net(x)


class GANTrainer(ToggleMixin):
    def __init__(self):
        self.netG, self.netD = G(), D()
        self.optG = torch.optim.Adam(self.netG.parameters(), lr=1e-3, betas=(0.5, 0.999))
        self.optD = torch.optim.Adam(self.netD.parameters(), lr=1e-3, betas=(0.5, 0.999))
        self.bce = nn.BCEWithLogitsLoss()

    def step(self, real):
        fake = self.netG(torch.randn(real.size(0), 4))
        self.set_requires_grad(self.netD, True)
        self.optD.zero_grad()
        pr, pf = self.netD(real), self.netD(fake.detach())
        loss_d = self.bce(pr, torch.ones_like(pr)) + self.bce(pf, torch.zeros_like(pf))
        loss_d.backward()
        self.optD.step()
        self.set_requires_grad(self.netD, False)
        self.optG.zero_grad()
        pf = self.netD(fake)
        self.bce(pf, torch.ones_like(pf)).backward()
        self.optG.step()


gan = GANTrainer()
for _ in range(3):
    gan.step(torch.randn(6, 2))
