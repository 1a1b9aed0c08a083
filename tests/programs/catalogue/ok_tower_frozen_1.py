# label: ok
# category: tower-frozen
# rule: FRZ402, FRZ401
# truth: clean; the tower is frozen and not in the optimizer, proj.* moves
import torch
from torch import nn


class Tower(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Linear(6, 8)
        self.net.requires_grad_(False)

    @torch.no_grad()
    def forward(self, x):
        return self.net(x)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.tower, self.proj = Tower(), nn.Linear(8, 2)

    def forward(self, x):
        return self.proj(self.tower(x))


model = Model()
optimizer = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=1e-2)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 6)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
