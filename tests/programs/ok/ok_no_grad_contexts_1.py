# label: ok
# category: no-grad-object-stored-and-used
# rule: FRZ403, FRZ404
# truth: clean; backbone.* stay still, probe.* move
import contextlib
from functools import wraps

import torch
from torch import nn

quiet = torch.no_grad()  # used as a context and as a decorator below


def when_frozen(flag):
    return torch.no_grad() if flag else contextlib.nullcontext()


def no_grads(fn):
    @wraps(fn)
    def inner(*args, **kwargs):
        with contextlib.ExitStack() as stack:
            stack.enter_context(torch.no_grad())
            return fn(*args, **kwargs)

    return inner


class Probe(nn.Module):
    def __init__(self, frozen=True):
        super().__init__()
        self.frozen = frozen
        self.backbone = nn.Linear(6, 6).requires_grad_(not frozen)
        self.probe = nn.Linear(6, 2)

    def forward(self, x):
        context = when_frozen(self.frozen)
        with context:
            h = self.backbone(x)
        return self.probe(h)


@quiet
def accuracy(model, x, y):
    return (model(x).argmax(1) == y).float().mean()


@no_grads
def embed(model, x):
    return model.backbone(x)


model = Probe()
optimizer = torch.optim.SGD(model.probe.parameters(), lr=0.1)
x, y = torch.randn(10, 6), torch.randint(0, 2, (10,))
for _ in range(3):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), y).backward()
    optimizer.step()
with quiet:
    print(accuracy(model, x, y), embed(model, x).shape)
assert torch.is_grad_enabled()
