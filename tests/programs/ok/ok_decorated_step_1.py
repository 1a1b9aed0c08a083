# label: ok
# category: decorated-step
# rule: FRZ302,FRZ301,FRZ405
# truth: clean
import functools

import torch
from torch import nn


def frozen_norms(fn):
    """Train mode for the call, with the norms that are frozen kept in eval."""

    @functools.wraps(fn)
    def inner(model, *args, **kwargs):
        was = model.training
        model.train()
        for m in model.modules():
            if isinstance(m, nn.modules.batchnorm._BatchNorm) and not m.weight.requires_grad:
                m.eval()
        try:
            return fn(model, *args, **kwargs)
        finally:
            model.train(was)

    return inner


@frozen_norms
def train_step(model, batch, optimizer):
    loss = model(batch).abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.GELU(), nn.Linear(4, 1)).eval()
net[1].requires_grad_(False)
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    train_step(net, torch.randn(8, 4), opt)
