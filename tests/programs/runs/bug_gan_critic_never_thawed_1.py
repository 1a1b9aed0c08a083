# label: bug
# category: gan-critic-never-thawed
# rule: FRZ206
# line: 41
# truth: after the first generator step the critic stays frozen: its optimizer steps without a gradient from then on
import torch
from torch import nn


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1))

    def forward(self, x):
        return self.body(x).squeeze(-1)


def toggle(net, on):
    for p in net.parameters():
        p.requires_grad = on


torch.manual_seed(0)
G = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 2))
D = Critic()
opt_g = torch.optim.Adam(G.parameters(), lr=1e-3, betas=(0.5, 0.9))
opt_d = torch.optim.Adam(D.parameters(), lr=1e-3, betas=(0.5, 0.9))
criterion = nn.BCEWithLogitsLoss()
history = []
for it in range(4):
    real = torch.randn(16, 2) + 2
    fake = G(torch.randn(16, 8))
    opt_d.zero_grad()
    loss_d = criterion(D(real), torch.ones(16)) + criterion(D(fake.detach()), torch.zeros(16))
    if loss_d.requires_grad:
        loss_d.backward()
    opt_d.step()
    history.append(D.body[0].weight.detach().clone())

    toggle(D, False)
    opt_g.zero_grad()
    criterion(D(fake), torch.ones(16)).backward()
    opt_g.step()
    print(it, loss_d.item())
