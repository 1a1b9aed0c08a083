# label: bug
# category: nothing-left
# rule: FRZ206
# line: 39
# truth: set_requires_grad(netD, False) before the generator step is never switched back on: from the second iteration the discriminator's step has no gradients
# raises: RuntimeError
import torch
from torch import nn


def set_requires_grad(net, flag):
    for p in net.parameters():
        p.requires_grad = flag


class Cfg:
    z_dim = 3
    lr = 2e-3
    iters = 3


netG = nn.Sequential(nn.Linear(Cfg.z_dim, 8), nn.ReLU(), nn.Linear(8, 2))
netD = nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
optimizerG = torch.optim.Adam(netG.parameters(), lr=Cfg.lr)
optimizerD = torch.optim.Adam(netD.parameters(), lr=Cfg.lr)
criterion = nn.BCEWithLogitsLoss()

for it in range(Cfg.iters):
    real = torch.randn(8, 2)
    noise = torch.randn(8, Cfg.z_dim)
    # D
    optimizerD.zero_grad()
    out_real = netD(real)
    out_fake = netD(netG(noise).detach())
    errD = criterion(out_real, torch.ones_like(out_real)) + criterion(out_fake, torch.zeros_like(out_fake))
    errD.backward()
    optimizerD.step()
    # G
    set_requires_grad(netD, False)
    optimizerG.zero_grad()
    out = netD(netG(noise))
    errG = criterion(out, torch.ones_like(out))
    errG.backward()
    optimizerG.step()
