# label: ok
# category: gradual-unfreeze-held
# rule: FRZ203,FRZ201,FRZ206
# truth: clean
import torch
from torch import nn


class TextCls(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(d, d) for _ in range(3)])
        self.head = nn.Linear(d, 2)

    def forward(self, x):
        for b in self.blocks:
            x = torch.tanh(b(x))
        return self.head(x)

    def layer_groups(self):
        return [*self.blocks, self.head]


class Learner:
    """ULMFiT style: all groups are in the optimizer from the start, the flags decide."""

    def __init__(self, model, lr=0.1, decay=2.6):
        self.model = model
        groups = model.layer_groups()
        n = len(groups)
        self.opt = torch.optim.SGD(
            [{"params": list(g.parameters()), "lr": lr / decay ** (n - 1 - i)} for i, g in enumerate(groups)], lr=lr
        )
        self.freeze()

    def freeze_to(self, n):
        groups = self.model.layer_groups()
        for g in groups[:n]:
            g.requires_grad_(False)
        for g in groups[n:]:
            g.requires_grad_(True)

    def freeze(self):
        self.freeze_to(-1)

    def unfreeze(self):
        self.freeze_to(0)

    def fit(self, steps):
        for _ in range(steps):
            loss = nn.functional.cross_entropy(self.model(torch.randn(4, 6)), torch.tensor([0, 1, 1, 0]))
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()


learn = Learner(TextCls())
learn.fit(1)
learn.freeze_to(-2)
learn.fit(1)
learn.unfreeze()
learn.fit(2)
