# label: bug
# category: flag-on-children
# rule: FRZ101
# line: 17
# truth: the flags land on the children as plain attributes: all parameters of the trunk move
import torch
from torch import nn


class Freeze:
    def __init__(self, upto):
        self.upto = upto

    def on_fit_start(self, trainer):
        for index, child in enumerate(trainer.model.trunk.children()):
            if index < self.upto:
                child.requires_grad = False


class Trainer:
    def __init__(self, model, callbacks=()):
        self.model, self.callbacks = model, callbacks

    def _call(self, hook):
        for callback in self.callbacks:
            getattr(callback, hook, lambda trainer: None)(self)

    def fit(self, steps):
        self._call("on_fit_start")
        opt = torch.optim.SGD(self.model.parameters(), lr=0.1)
        for _ in range(steps):
            loss = self.model(torch.randn(8, 4)).square().mean()
            opt.zero_grad()
            loss.backward()
            opt.step()


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 8))
        self.head = nn.Linear(8, 1)

    def forward(self, x):
        return self.head(self.trunk(x))


model = Model()
start = model.trunk[0].weight.detach().clone()
Trainer(model, [Freeze(2)]).fit(3)
