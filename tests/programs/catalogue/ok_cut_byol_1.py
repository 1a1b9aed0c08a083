# label: ok
# category: cut-byol
# rule: FRZ401, FRZ402
# truth: clean; online.* and predictor.* move, target.* follows by averaging
import copy

import torch
from torch import nn
import torch.nn.functional as F


class Byol(nn.Module):
    def __init__(self):
        super().__init__()
        self.online = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 4))
        self.predictor = nn.Linear(4, 4)
        self.target = copy.deepcopy(self.online)
        self.target.requires_grad_(False)

    @torch.no_grad()
    def momentum_update(self, m=0.99):
        for a, b in zip(self.online.parameters(), self.target.parameters()):
            b.mul_(m).add_(a, alpha=1 - m)

    def forward(self, one, two):
        p = self.predictor(self.online(one))
        with torch.no_grad():
            z = self.target(two)
        return 2 - 2 * F.cosine_similarity(p, z.detach(), dim=-1).mean()


learner = Byol()
opt = torch.optim.Adam(learner.parameters(), lr=1e-2)
for _ in range(3):
    x = torch.randn(8, 6)
    loss = learner(x + 0.1 * torch.randn_like(x), x) + learner(x, x + 0.1 * torch.randn_like(x))
    opt.zero_grad()
    loss.backward()
    opt.step()
    learner.momentum_update()
