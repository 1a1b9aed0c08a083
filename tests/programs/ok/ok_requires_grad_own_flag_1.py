# label: ok
# category: own-flag-read-in-forward
# rule: FRZ101, FRZ403
# truth: clean; stem.* stay still, proj.* and head.* move
import contextlib

import torch
from torch import nn


class AudioNet(nn.Module):
    """The attribute `requires_grad` belongs to this class: forward() reads it."""

    def __init__(self, requires_grad=True):
        super().__init__()
        self.requires_grad = requires_grad
        self.stem = nn.Sequential(nn.Linear(10, 12), nn.LayerNorm(12), nn.GELU())
        self.proj = nn.Linear(12, 6)
        self.head = nn.Linear(6, 2)

    def forward(self, wave):
        ctx = contextlib.nullcontext() if self.requires_grad else torch.no_grad()
        with ctx:
            feats = self.stem(wave)
        return self.head(self.proj(feats).relu())


torch.manual_seed(1)
net = AudioNet()
net.requires_grad = False
learn = list(net.proj.parameters()) + list(net.head.parameters())
sgd = torch.optim.SGD(learn, lr=0.1)
for _ in range(4):
    wave = torch.randn(8, 10)
    target = (wave.sum(1) > 0).long()
    loss = nn.functional.cross_entropy(net(wave), target)
    sgd.zero_grad()
    loss.backward()
    sgd.step()
