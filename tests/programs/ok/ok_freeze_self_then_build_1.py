# label: ok
# category: freeze-own-parameters-before-new-parts
# rule: FRZ206, FRZ124, FRZ115
# truth: clean; stem.* and body.* stay still, adapters.* and out.* move
"""The old network is frozen in the subclass's constructor before the adapters exist."""
import torch
from torch import nn


class Base(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.stem = nn.Linear(6, width)
        self.body = nn.ModuleList([nn.Linear(width, width) for _ in range(2)])

    def features(self, x):
        x = self.stem(x).relu()
        for layer in self.body:
            x = layer(x).relu()
        return x


class WithAdapters(Base):
    def __init__(self, width=8, bottleneck=2, classes=3):
        super().__init__(width)
        for p in self.parameters():  # all there is up to here is pretrained
            p.requires_grad = False
        self.adapters = nn.ModuleList(
            nn.Sequential(nn.Linear(width, bottleneck), nn.Tanh(), nn.Linear(bottleneck, width)) for _ in self.body
        )
        self.out = nn.Linear(width, classes)

    def forward(self, x):
        x = self.stem(x).relu()
        for layer, adapter in zip(self.body, self.adapters):
            x = layer(x).relu()
            x = x + adapter(x)
        return self.out(x)


net = WithAdapters()
opt = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-2)
for _ in range(4):
    loss = nn.functional.cross_entropy(net(torch.randn(16, 6)), torch.randint(0, 3, (16,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
