# label: ok
# category: cut-gan-fake-detach
# rule: FRZ401
# truth: clean; G.* and D.* move in turn
import torch
from torch import nn

G = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 3))
D = nn.Sequential(nn.Linear(3, 8), nn.LeakyReLU(), nn.Linear(8, 1))
bce = nn.BCEWithLogitsLoss()


def build(parameters, lr=1e-3):
    return torch.optim.Adam(parameters, lr=lr, betas=(0.5, 0.9))


opt_g, opt_d = build(G.parameters()), build(D.parameters())
for i in range(4):
    real = torch.randn(5, 3)
    fake = G(torch.randn(5, 2))
    d_loss = bce(D(real), torch.ones(5, 1)) + bce(D(fake.detach()), torch.zeros(5, 1))
    opt_d.zero_grad()
    d_loss.backward()
    opt_d.step()
    if i % 2 == 0:
        g_loss = bce(D(fake), torch.ones(5, 1))
        opt_g.zero_grad()
        g_loss.backward()
        opt_g.step()
