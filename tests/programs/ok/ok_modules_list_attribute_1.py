# label: ok
# category: modules-as-list-attribute
# rule: FRZ106, FRZ119
# truth: clean; enc.* stay still, dec.* move
"""`self.modules` of the driver is a list and `named_modules` a property that returns a dict."""
import torch
from torch import nn


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.dec = nn.Linear(4, 5), nn.Linear(5, 4)

    def forward(self, x):
        return self.dec(torch.tanh(self.enc(x)))


class Driver:
    def __init__(self, pair):
        self.pair = pair
        self.modules = [pair.enc, pair.dec]
        self.fixed = {"enc"}

    @property
    def named_modules(self):
        return dict(zip(["enc", "dec"], self.modules))

    def setup(self):
        for m in self.modules:
            m.train()
        for key, m in self.named_modules.items():
            m.requires_grad_(key not in self.fixed)
        return torch.optim.Adam([p for m in self.modules for p in m.parameters() if p.requires_grad], lr=0.01)


driver = Driver(Pair())
optimizer = driver.setup()
for _ in range(3):
    x = torch.randn(8, 4)
    optimizer.zero_grad()
    (driver.pair(x) - x).pow(2).mean().backward()
    optimizer.step()
