# label: ok
# category: gan-toggle
# rule: FRZ206, FRZ114
# truth: a context manager freezes the discriminator for the generator step and restores the flags afterwards
import contextlib
import torch
from torch import nn


@contextlib.contextmanager
def frozen(*modules):
    saved = [[p.requires_grad for p in m.parameters()] for m in modules]
    for m in modules:
        for p in m.parameters():
            p.requires_grad_(False)
    try:
        yield
    finally:
        for m, flags in zip(modules, saved):
            for p, flag in zip(m.parameters(), flags):
                p.requires_grad_(flag)


class CycleTrainer:
    def __init__(self):
        self.G = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 2))
        self.D = nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
        self.opts = {
            "G": torch.optim.Adam(self.G.parameters(), lr=1e-3),
            "D": torch.optim.Adam(self.D.parameters(), lr=1e-3),
        }
        self.bce = nn.BCEWithLogitsLoss()

    def step_g(self, z):
        with frozen(self.D):
            out = self.D(self.G(z))
            loss = self.bce(out, torch.ones_like(out))
            self.opts["G"].zero_grad()
            loss.backward()
            self.opts["G"].step()

    def step_d(self, z, real):
        with torch.no_grad():
            fake = self.G(z)
        r, f = self.D(real), self.D(fake)
        loss = self.bce(r, torch.ones_like(r)) + self.bce(f, torch.zeros_like(f))
        self.opts["D"].zero_grad()
        loss.backward()
        self.opts["D"].step()


trainer = CycleTrainer()
for _ in range(3):
    z = torch.randn(4, 3)
    trainer.step_g(z)
    trainer.step_d(z, torch.randn(4, 2))
