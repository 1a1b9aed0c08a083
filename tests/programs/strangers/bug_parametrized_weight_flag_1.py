# label: bug
# category: parametrized-weight-flag
# rule: FRZ121
# line: 31
# truth: the weight of a parametrized layer is computed, not a leaf: setting its flag raises RuntimeError
# raises: RuntimeError
import torch
from torch import nn
from torch.nn.utils.parametrizations import weight_norm


class Discriminator(nn.Module):
    def __init__(self, size, hidden):
        super().__init__()
        self.body = nn.Sequential(
            weight_norm(nn.Linear(size, hidden)),
            nn.LeakyReLU(0.2),
            weight_norm(nn.Linear(hidden, hidden)),
            nn.LeakyReLU(0.2),
        )
        self.out = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.out(self.body(x))


def freeze_d(d, n_layers):
    """FreezeD: keep the lower layers of the discriminator."""
    for layer in d.body[:n_layers]:
        if isinstance(layer, nn.Linear):
            layer.weight.requires_grad = False
            layer.bias.requires_grad = False


torch.manual_seed(0)
g = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 8))
d = Discriminator(8, 16)
freeze_d(d, 2)
opt_g = torch.optim.Adam(g.parameters(), lr=1e-3, betas=(0.5, 0.999))
opt_d = torch.optim.Adam([p for p in d.parameters() if p.requires_grad], lr=1e-3, betas=(0.5, 0.999))
for step in range(3):
    real, z = torch.randn(6, 8), torch.randn(6, 4)
    fake = g(z)
    loss_d = nn.functional.relu(1 - d(real)).mean() + nn.functional.relu(1 + d(fake.detach())).mean()
    opt_d.zero_grad()
    loss_d.backward()
    opt_d.step()
    loss_g = -d(g(z)).mean()
    opt_g.zero_grad()
    loss_g.backward()
    opt_g.step()
