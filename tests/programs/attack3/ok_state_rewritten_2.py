# label: ok
# category: state-rewritten
# rule: FRZ307
# truth: the frozen copy is an EMA: that its weights are written by hand is what it is for; the live item table with max_norm trains
import copy

import torch
from torch import nn


class KGE(nn.Module):
    def __init__(self, n=12, d=5):
        super().__init__()
        self.ent = nn.Embedding(n, d, max_norm=1.0)
        self.rel = nn.Embedding(3, d)

    def forward(self, h, r, t):
        return (self.ent(h) + self.rel(r) - self.ent(t)).norm(dim=-1)


class EMA:
    def __init__(self, model, decay=0.9):
        self.shadow = copy.deepcopy(model).requires_grad_(False)
        self.decay = decay

    @torch.no_grad()
    def update(self, model):
        for s, p in zip(self.shadow.parameters(), model.parameters()):
            s.mul_(self.decay).add_(p, alpha=1 - self.decay)


kge = KGE()
ema = EMA(kge)
opt = torch.optim.Adam(kge.parameters(), lr=1e-2)
for _ in range(3):
    h, t, n = torch.randint(0, 12, (3, 8))
    r = torch.randint(0, 3, (8,))
    loss = (1 + kge(h, r, t) - kge(h, r, n)).clamp(min=0).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    ema.update(kge)
