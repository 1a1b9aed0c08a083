# label: bug
# category: optimizer-dict-gan
# rule: FRZ206
# line: 27
# truth: D is frozen at the first step and never set free again: the loss of D raises at the second iteration
# raises: RuntimeError
import torch
from torch import nn
from torch.nn.functional import softplus

nets = nn.ModuleDict({"G": nn.Linear(3, 5), "D": nn.Sequential(nn.Linear(5, 8), nn.LeakyReLU(), nn.Linear(8, 1))})
optims = {name: torch.optim.Adam(net.parameters(), lr=2e-4, betas=(0.5, 0.9)) for name, net in nets.items()}


def toggle(name, on):
    for p in nets[name].parameters():
        p.requires_grad = on


for it in range(4):
    real, z = torch.randn(4, 5), torch.randn(4, 3)
    d_loss = softplus(-nets["D"](real)).mean() + softplus(nets["D"](nets["G"](z).detach())).mean()
    optims["D"].zero_grad()
    d_loss.backward()
    optims["D"].step()

    toggle("D", False)
    g_loss = softplus(-nets["D"](nets["G"](z))).mean()
    optims["G"].zero_grad()
    g_loss.backward()
    optims["G"].step()
