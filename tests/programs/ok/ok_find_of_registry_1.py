# label: ok
# category: find-of-another-object
# rule: FRZ112
# truth: clean; text.* stay still, image.* and logit move
"""`find` here is a registry look-up that returns a rule or None, not str.find."""
from fnmatch import fnmatch

import torch
from torch import nn


class FreezePlan:
    def __init__(self, patterns):
        self.patterns = patterns

    def find(self, name):
        return next((p for p in self.patterns if fnmatch(name, p)), None)


class TwoTower(nn.Module):
    def __init__(self, dim=6):
        super().__init__()
        self.text = nn.Linear(5, dim)
        self.image = nn.Linear(7, dim)
        self.logit = nn.Parameter(torch.tensor(2.0))

    def forward(self, t, i):
        t = nn.functional.normalize(self.text(t), dim=-1)
        i = nn.functional.normalize(self.image(i), dim=-1)
        return self.logit.exp() * t @ i.t()


plan = FreezePlan(["text.*"])
towers = TwoTower()
for name, p in towers.named_parameters():
    if plan.find(name):
        p.requires_grad = False
optimizer = torch.optim.AdamW([p for p in towers.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    logits = towers(torch.randn(6, 5), torch.randn(6, 7))
    labels = torch.arange(6)
    loss = (nn.functional.cross_entropy(logits, labels) + nn.functional.cross_entropy(logits.t(), labels)) / 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
