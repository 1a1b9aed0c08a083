# label: ok
# category: parameter-subclass-and-config
# rule: FRZ101, FRZ102
# truth: clean; encoder and codebook stay still, out.* move
"""A Parameter subclass, and a plain options object with a field of the same name as the torch flag."""
from dataclasses import dataclass

import torch
from torch import nn


class Codebook(nn.Parameter):
    def nearest(self, z):
        return torch.cdist(z, self).argmin(dim=1)


@dataclass
class PartOptions:
    name: str
    requires_grad: bool = True


class VQ(nn.Module):
    def __init__(self, options):
        super().__init__()
        self.encoder = Codebook(torch.randn(6, 4))
        self.codebook = Codebook(torch.randn(10, 4))
        self.out = nn.Linear(4, 2)
        for opt in options:
            getattr(self, opt.name).requires_grad_(opt.requires_grad)

    def forward(self, x):
        z = x @ self.encoder
        return self.out(self.codebook[self.codebook.nearest(z)])


options = [PartOptions("encoder"), PartOptions("codebook", requires_grad=False)]
options[0].requires_grad = False  # a dataclass field, read in VQ.__init__
vq = VQ(options)
optimizer = torch.optim.SGD([p for p in vq.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    loss = nn.functional.cross_entropy(vq(torch.randn(12, 6)), torch.randint(0, 2, (12,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
