import itertools

import torch
from base_model import BaseModel
from torch import nn


class Generator(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(3, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 3))


class NLayerDiscriminator(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(3, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))


class CycleModel(BaseModel):
    def __init__(self, lr):
        super().__init__()
        self.loss_names = ["G", "D"]
        self.netG_A, self.netG_B = Generator(), Generator()
        self.netD_A, self.netD_B = NLayerDiscriminator(), NLayerDiscriminator()
        gens = itertools.chain(self.netG_A.parameters(), self.netG_B.parameters())
        self.optimizer_G = torch.optim.Adam(gens, lr=lr)
        discs = itertools.chain(self.netD_A.parameters(), self.netD_B.parameters())
        self.optimizer_D = torch.optim.Adam(discs, lr=lr)
        self.optimizers = [self.optimizer_G, self.optimizer_D]

    def set_input(self, a, b):
        self.real_A, self.real_B = a, b

    def forward(self):
        self.fake_B, self.fake_A = self.netG_A(self.real_A), self.netG_B(self.real_B)
        self.rec_A, self.rec_B = self.netG_B(self.fake_B), self.netG_A(self.fake_A)

    def backward_D(self):
        pairs = [(self.netD_A, self.real_B, self.fake_B), (self.netD_B, self.real_A, self.fake_A)]
        self.loss_D = sum((d(r) - 1).pow(2).mean() + d(f.detach()).pow(2).mean() for d, r, f in pairs)
        self.loss_D.backward()

    def optimize_parameters(self):
        self.forward()
        self.set_requires_grad([self.netD_A, self.netD_B], False)
        self.optimizer_G.zero_grad()
        adv = (self.netD_A(self.fake_B) - 1).pow(2).mean() + (self.netD_B(self.fake_A) - 1).pow(2).mean()
        self.loss_G = adv + 10 * ((self.rec_A - self.real_A).abs().mean() + (self.rec_B - self.real_B).abs().mean())
        self.loss_G.backward()
        self.optimizer_G.step()
        self.set_requires_grad([self.netD_A, self.netD_B], True)
        self.optimizer_D.zero_grad()
        self.backward_D()
        self.optimizer_D.step()
