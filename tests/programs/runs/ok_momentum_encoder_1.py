# label: ok
# category: momentum-encoder
# rule: FRZ307, FRZ402, FRZ301
# truth: the key encoder follows the query encoder by hand, runs without gradients and is in no optimizer
import copy

import torch
from torch import nn


class MoCo(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Linear(12, 4))
        self.key = copy.deepcopy(self.query)
        for p in self.key.parameters():
            p.requires_grad = False

    @torch.no_grad()
    def follow(self, m=0.9):
        for q, k in zip(self.query.parameters(), self.key.parameters()):
            k.data = k.data * m + q.data * (1 - m)

    def forward(self, a, b):
        q = self.query(a)
        with torch.no_grad():
            self.follow()
            k = self.key(b)
        return q @ k.t()


torch.manual_seed(0)
moco = MoCo()
start = moco.key[0].weight.detach().clone()
opt = torch.optim.SGD(moco.query.parameters(), lr=0.1)
for _ in range(3):
    x = torch.randn(8, 6)
    logits = moco(x, x + 0.1 * torch.randn(8, 6))
    opt.zero_grad()
    nn.functional.cross_entropy(logits, torch.arange(8)).backward()
    opt.step()
