# label: ok
# category: gan-detach
# rule: FRZ401
# truth: fake.detach() in the discriminator step; the generator gets its gradient in its own step (manual optimization)
import torch
from torch import nn


class HingeGAN(nn.Module):
    def __init__(self):
        super().__init__()
        self.G = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 2))
        self.D = nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))

    def d_loss(self, real, fake):
        fake = fake.detach()
        return torch.relu(1 - self.D(real)).mean() + torch.relu(1 + self.D(fake)).mean()

    def g_loss(self, fake):
        return -self.D(fake).mean()


gan = HingeGAN()
opt_g, opt_d = (torch.optim.Adam(m.parameters(), lr=2e-3, betas=(0.0, 0.9)) for m in (gan.G, gan.D))
for it in range(4):
    fake = gan.G(torch.randn(6, 3))
    if it % 2:
        loss = gan.g_loss(fake)
        opt = opt_g
    else:
        loss = gan.d_loss(torch.randn(6, 2), fake)
        opt = opt_d
    opt.zero_grad()
    loss.backward()
    opt.step()
