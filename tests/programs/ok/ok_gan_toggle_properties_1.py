# label: ok
# category: gan-toggle-properties
# rule: FRZ206,FRZ205,FRZ201
# truth: clean
import itertools

import torch
from torch import nn


class Pix(nn.Module):
    def __init__(self):
        super().__init__()
        self.netG = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 3))
        self.netD = nn.Sequential(nn.Linear(3, 6), nn.LeakyReLU(0.2), nn.Linear(6, 1))

    def forward(self, x):
        return self.netG(x)


class ToggleGrad:
    """with ToggleGrad(net): the net is frozen inside."""

    def __init__(self, *nets):
        self.params = list(itertools.chain(*[n.parameters() for n in nets]))

    def __enter__(self):
        for p in self.params:
            p.requires_grad_(False)

    def __exit__(self, *exc):
        for p in self.params:
            p.requires_grad_(True)


pix = Pix()
criterion = nn.MSELoss()
opt_g = torch.optim.Adam(itertools.chain(pix.netG.parameters()), lr=2e-3, betas=(0.5, 0.999))
opt_d = torch.optim.Adam(itertools.chain(pix.netD.parameters()), lr=2e-3, betas=(0.5, 0.999))
for _ in range(3):
    real_a, real_b = torch.randn(4, 3), torch.randn(4, 3)
    fake_b = pix(real_a)
    opt_g.zero_grad()
    with ToggleGrad(pix.netD):
        pred = pix.netD(fake_b)
        (criterion(pred, torch.ones_like(pred)) + (fake_b - real_b).abs().mean()).backward()
    opt_g.step()
    opt_d.zero_grad()
    pred_real, pred_fake = pix.netD(real_b), pix.netD(fake_b.detach())
    (criterion(pred_real, torch.ones_like(pred_real)) + criterion(pred_fake, torch.zeros_like(pred_fake))).backward()
    opt_d.step()
