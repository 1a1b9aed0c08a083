# label: bug
# category: stale-gradient
# rule: FRZ202
# line: 23
# truth: a callback freezes between backward() and step(): the gradient at hand moves the frozen tower once more
import torch
from torch import nn


class Callback:
    def on_backward_end(self, loop): ...
    def on_step_end(self, loop): ...


class FreezeOnPlateau(Callback):
    def __init__(self, attr, after):
        self.attr, self.after, self.before = attr, after, None

    def on_backward_end(self, loop):
        if loop.it == self.after:
            module = getattr(loop.model, self.attr)
            for p in module.parameters():
                p.requires_grad = False
            self.before = module.weight.detach().clone()


class Loop:
    def __init__(self, model, callbacks):
        self.model, self.callbacks, self.it = model, callbacks, 0
        self.opt = torch.optim.SGD(model.parameters(), lr=0.1)

    def run(self, n):
        for self.it in range(n):
            x = torch.randn(8, 4)
            loss = (self.model(x) - x.sum(1, keepdim=True)).pow(2).mean()
            self.opt.zero_grad()
            loss.backward()
            for cb in self.callbacks:
                cb.on_backward_end(self)
            self.opt.step()
            for cb in self.callbacks:
                cb.on_step_end(self)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.tower = nn.Linear(4, 6)
        self.readout = nn.Linear(6, 1)

    def forward(self, x):
        return self.readout(self.tower(x).tanh())


cb = FreezeOnPlateau("tower", after=2)
loop = Loop(Model(), [cb])
loop.run(4)
