# label: ok
# category: optimizer-dict-gan
# rule: FRZ206,FRZ201
# truth: clean
import torch
from torch import nn
from torch.nn.functional import softplus

nets = nn.ModuleDict({"G": nn.Linear(3, 5), "D": nn.Sequential(nn.Linear(5, 8), nn.LeakyReLU(), nn.Linear(8, 1))})
optims = {name: torch.optim.Adam(net.parameters(), lr=2e-4, betas=(0.5, 0.9)) for name, net in nets.items()}


def only(name):
    for other, net in nets.items():
        for p in net.parameters():
            p.requires_grad = other == name


for it in range(4):
    real, z = torch.randn(4, 5), torch.randn(4, 3)
    only("D")
    d_loss = softplus(-nets["D"](real)).mean() + softplus(nets["D"](nets["G"](z).detach())).mean()
    optims["D"].zero_grad()
    d_loss.backward()
    optims["D"].step()

    only("G")
    g_loss = softplus(-nets["D"](nets["G"](z))).mean()
    optims["G"].zero_grad()
    g_loss.backward()
    optims["G"].step()
