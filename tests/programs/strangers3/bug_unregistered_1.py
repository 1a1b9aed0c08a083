# label: bug
# category: unregistered
# rule: FRZ119
# line: 24
# truth: the experts live in a plain list: the freeze of the whole mixture and parameters() never reach them
import torch
from torch import nn


class Expert(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.up = nn.Linear(d, 2 * d)
        self.down = nn.Linear(2 * d, d)

    def forward(self, x):
        return self.down(torch.relu(self.up(x)))


class MoE(nn.Module):
    def __init__(self, d=4, n_experts=3):
        super().__init__()
        self.router = nn.Linear(d, n_experts)
        self.experts = [Expert(d) for _ in range(n_experts)]

    def forward(self, x):
        w = self.router(x).softmax(-1)
        out = torch.stack([e(x) for e in self.experts], dim=-1)
        return (out * w.unsqueeze(1)).sum(-1)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.moe = MoE()
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.moe(x))


def freeze_(module):
    for p in module.parameters():
        p.requires_grad_(False)


model = Model()
freeze_(model.moe)
opt = torch.optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1]))
    opt.zero_grad()
    loss.backward()
    opt.step()
