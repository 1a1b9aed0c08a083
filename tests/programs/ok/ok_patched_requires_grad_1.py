# label: ok
# category: method-patched-on-purpose
# rule: FRZ105, FRZ201
# truth: clean; table.* stay still, top.* move; a blanket requires_grad_(True) cannot wake the table
"""A quantised table must never train: its requires_grad_ and train are replaced by functions."""
import torch
from torch import nn


def keep(module):
    """Returns stand-ins that do nothing and hand the module back."""

    def requires_grad_(flag=True):
        return module

    def train(mode=True):
        return module

    return requires_grad_, train


class Table(nn.Module):
    def __init__(self, rows=12, dim=5):
        super().__init__()
        self.codes = nn.Parameter(torch.randn(rows, dim).round(), requires_grad=False)
        self.eval()
        self.requires_grad_, self.train = keep(self)

    def forward(self, ids):
        return self.codes[ids].mean(1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = Table()
        self.top = nn.Linear(5, 2)

    def forward(self, ids):
        return self.top(self.table(ids))


net = Net()
net.table.requires_grad_(True)
net.train()
learnable = [p for p in net.parameters() if p.requires_grad]
assert len(learnable) == 2 and not net.table.training
optimizer = torch.optim.Adam(learnable, lr=0.01)
for _ in range(3):
    ids = torch.randint(0, 12, (8, 3))
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(ids), ids[:, 0] % 2).backward()
    optimizer.step()
