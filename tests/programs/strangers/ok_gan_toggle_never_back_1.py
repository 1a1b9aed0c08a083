# label: ok
# category: gan-toggle-never-back
# rule: FRZ206
# truth: the discriminator is switched on again at the start of its own turn
import torch
from torch import nn
import torch.nn.functional as F


class ResUp(nn.Module):
    def __init__(self, z, ch):
        super().__init__()
        self.fc = nn.Linear(z, ch * 4)
        self.net = nn.Sequential(nn.ConvTranspose2d(ch, ch, 2, 2), nn.ReLU(), nn.Conv2d(ch, 1, 3, padding=1), nn.Tanh())
        self.ch = ch

    def forward(self, z):
        return self.net(self.fc(z).view(-1, self.ch, 2, 2))


class PatchD(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(1, ch, 3, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(ch, 1, 2))

    def forward(self, x):
        return self.net(x).flatten(1).mean(1)


def toggle_grad(model, requires_grad):
    for p in model.parameters():
        p.requires_grad_(requires_grad)


torch.manual_seed(0)
g, d = ResUp(4, 4), PatchD(4)
g_opt = torch.optim.Adam(g.parameters(), 2e-3, betas=(0.0, 0.99))
d_opt = torch.optim.Adam(d.parameters(), 2e-3, betas=(0.0, 0.99))


def g_turn(batch):
    toggle_grad(g, True)
    toggle_grad(d, False)
    g_opt.zero_grad()
    loss = F.softplus(-d(g(torch.randn(batch, 4)))).mean()
    loss.backward()
    g_opt.step()
    return loss.item()


def d_turn(real):
    toggle_grad(d, True)
    d_opt.zero_grad()
    real = real.clone().requires_grad_(True)
    out = d(real)
    r1 = torch.autograd.grad(out.sum(), real, create_graph=True)[0].pow(2).flatten(1).sum(1).mean()
    with torch.no_grad():
        fake = g(torch.randn(len(real), 4))
    loss = F.softplus(d(fake)).mean() + F.softplus(-out).mean() + 0.5 * r1
    if loss.requires_grad:
        loss.backward()
    d_opt.step()
    return loss.item()


for it in range(3):
    lg = g_turn(4)
    ld = d_turn(torch.rand(4, 1, 4, 4))
    print(it, lg, ld)
