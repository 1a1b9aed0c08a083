# label: ok
# category: all-held
# rule: FRZ211
# truth: generator and discriminator have an optimizer each
import torch
from torch import nn


class Gan:
    def __init__(self):
        self.g, self.d = nn.Linear(2, 4), nn.Linear(4, 1)
        self.opt_g = torch.optim.Adam(self.g.parameters(), lr=1e-3)
        self.opt_d = torch.optim.Adam(self.d.parameters(), lr=1e-3)

    def train_d(self, real):
        fake = self.g(torch.randn(len(real), 2))
        self.opt_d.zero_grad()
        (self.d(fake.detach()).mean() - self.d(real).mean()).backward()
        self.opt_d.step()

    def train_g(self, n):
        self.opt_g.zero_grad()
        (-self.d(self.g(torch.randn(n, 2))).mean()).backward()
        self.opt_g.step()


torch.manual_seed(0)
gan = Gan()
for _ in range(3):
    gan.train_d(torch.randn(6, 4))
    gan.train_g(6)
