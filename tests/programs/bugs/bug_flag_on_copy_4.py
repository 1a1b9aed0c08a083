# label: bug
# category: flag-on-copy
# rule: FRZ108
# line: 25
# truth: rebinding the loop variable to a detached tensor leaves the generator trainable
import torch
from torch import nn


class Generator(nn.Module):
    def __init__(self, z=4, out=6):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(z, 10), nn.LeakyReLU(0.2), nn.Linear(10, out))

    def forward(self, z):
        return self.net(z)


class Refiner(nn.Module):
    def __init__(self, generator):
        super().__init__()
        self.generator = generator
        self.refine = nn.Linear(6, 6)
        for p in self.generator.parameters():
            p = p.detach()

    def forward(self, z):
        return self.refine(self.generator(z))


def train_refiner(steps):
    refiner = Refiner(Generator())
    opt = torch.optim.Adam(refiner.parameters(), lr=1e-3, betas=(0.5, 0.999))
    target = torch.randn(8, 6)
    for _ in range(steps):
        loss = (refiner(torch.randn(8, 4)) - target).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return refiner


train_refiner(3)
