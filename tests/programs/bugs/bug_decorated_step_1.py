# label: bug
# category: decorated-step
# rule: FRZ407
# line: 36
# truth: the forced flag hides that the features are detached: nothing moves
import functools
import time

import torch
from torch import nn


def timed(log):
    def wrap(fn):
        @functools.wraps(fn)
        def inner(*args, **kwargs):
            start = time.perf_counter()
            try:
                return fn(*args, **kwargs)
            finally:
                log.append(time.perf_counter() - start)

        return inner

    return wrap


durations = []


@timed(durations)
def train_step(model, batch, optimizer):
    with torch.no_grad():
        out = model(batch)
    loss = (out - batch.mean(1, keepdim=True)).abs().mean()
    loss.requires_grad_()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


net = nn.Sequential(nn.Linear(4, 4), nn.GELU(), nn.Linear(4, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    train_step(net, torch.randn(8, 4), opt)
