# label: ok
# category: freeze-all-then-adapters
# rule: FRZ503
# truth: clean; adapter.* and head.* train
import torch
from torch import nn


class Adapter(nn.Module):
    def __init__(self, dim, inner=2):
        super().__init__()
        self.down, self.up = nn.Linear(dim, inner), nn.Linear(inner, dim)

    def forward(self, x):
        return x + self.up(self.down(x).relu())


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(4, 4)
        self.adapter = Adapter(4)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.adapter(self.base(x)))


def only_adapters(model):
    for p in model.parameters():
        p.requires_grad = False
    for m in model.modules():
        if isinstance(m, Adapter):
            for p in m.parameters():
                p.requires_grad = True


torch.manual_seed(0)
model = Model()
only_adapters(model)
model.head.requires_grad_(True)
optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad])
for _ in range(3):
    optimizer.zero_grad()
    model(torch.randn(5, 4)).pow(2).mean().backward()
    optimizer.step()
