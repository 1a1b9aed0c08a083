# label: ok
# category: deepcopy-that-trains
# rule: FRZ108, FRZ206, FRZ301
# truth: clean; features.* stay still, head.* move; the copy is what trains, the original stays on the shelf
import copy

import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(6, 8), nn.GroupNorm(2, 8), nn.ReLU())
        self.head = nn.Linear(8, 4)

    def forward(self, x):
        return self.head(self.features(x))


def adapt(pretrained, loader, lr=0.1):
    """Fast adaptation: a clone with frozen features, fitted on the support set."""
    learner = copy.deepcopy(pretrained)
    learner.features.requires_grad_(False)
    opt = torch.optim.SGD(learner.head.parameters(), lr=lr)
    learner.train()
    for x, y in loader:
        opt.zero_grad()
        nn.functional.cross_entropy(learner(x), y).backward()
        opt.step()
    return learner


support = [(torch.randn(4, 6), torch.randint(0, 4, (4,))) for _ in range(3)]
base = Backbone()
adapted = adapt(base, support)
assert all(p.requires_grad for p in base.parameters())
assert not torch.equal(adapted.head.weight, base.head.weight)
