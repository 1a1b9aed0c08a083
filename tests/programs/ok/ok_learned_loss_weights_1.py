# label: ok
# category: leaf-called-loss
# rule: FRZ407, FRZ101
# truth: clean; shared.* stay still, heads.* move, loose:* move
"""Uncertainty weighting: loss_scale is a trained leaf, and a saliency map asks for input gradients."""
import torch
from torch import nn


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Linear(5, 8)
        self.heads = nn.ModuleList([nn.Linear(8, 1), nn.Linear(8, 1)])

    def forward(self, x):
        h = self.shared(x).tanh()
        return [head(h).squeeze(-1) for head in self.heads]


net = Shared()
net.shared.requires_grad_(False)
loss_scale = torch.zeros(2)
loss_scale.requires_grad_(True)

params = [*net.heads.parameters(), loss_scale]
optimizer = torch.optim.Adam(params, lr=1e-2)
for _ in range(4):
    x = torch.randn(10, 5)
    losses = torch.stack([(out - x[:, i]).pow(2).mean() for i, out in enumerate(net(x))])
    total = (torch.exp(-loss_scale) * losses + loss_scale).sum()
    optimizer.zero_grad()
    total.backward()
    optimizer.step()

x = torch.randn(1, 5)
x.requires_grad_(True)
net(x)[0].sum().backward()
print("saliency", x.grad.abs().argmax().item())
