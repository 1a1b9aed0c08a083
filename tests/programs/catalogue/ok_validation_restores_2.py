# label: ok
# category: eval-that-restores
# rule: FRZ305
# truth: clean; the statistics follow each of the four training batches and no other
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def evaluating(net):
    before = net.training
    try:
        net.eval()
        yield net
    finally:
        if before:
            net.train()


def fit(net, epochs):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net.train()
    tracked = []
    for _ in range(epochs):
        x = torch.randn(8, 4)
        optimizer.zero_grad()
        net(x).pow(2).mean().backward()
        optimizer.step()
        tracked.append(int(net[1].num_batches_tracked))
        with evaluating(net), torch.no_grad():
            net(torch.randn(8, 4))
    return tracked


torch.manual_seed(0)
tracked = fit(nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2)), 4)
