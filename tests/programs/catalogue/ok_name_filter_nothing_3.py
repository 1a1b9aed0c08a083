# label: ok
# category: name-filter-nothing
# rule: FRZ111
# truth: parts are added later under names that are not constants; the filter finds them when it runs
import sys

import torch
from torch import nn


class Grown(nn.Module):
    def __init__(self, names):
        super().__init__()
        self.base = nn.Linear(3, 3)
        for name in names:
            self.add_module(name, nn.Linear(3, 3))

    def forward(self, x):
        for child in self.children():
            x = child(x)
        return x


grown = Grown([f"adapter{len(arg) > 0:d}" for arg in [sys.argv[0]]])
for name, p in grown.named_parameters():
    if "adapter" not in name:
        p.requires_grad_(False)
optimizer = torch.optim.Adam([p for p in grown.parameters() if p.requires_grad])
grown(torch.randn(1, 3)).sum().backward()
optimizer.step()
print({n: p.requires_grad for n, p in grown.named_parameters()})
