# label: ok
# category: train-never-restored
# rule: FRZ305
# truth: the evaluation context remembers the mode and puts it back; every training step runs in train mode
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def evaluating(net):
    was = net.training
    try:
        net.eval()
        with torch.no_grad():
            yield net
    finally:
        net.train(was)


net = nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Dropout(0.2), nn.Linear(12, 3))
opt = torch.optim.SGD(net.parameters(), lr=0.05)
net.train()
modes = []
for epoch in range(3):
    for _ in range(2):
        modes.append(net.training)
        loss = nn.functional.cross_entropy(net(torch.randn(6, 6)), torch.randint(0, 3, (6,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
    with evaluating(net) as frozen:
        print(frozen(torch.randn(2, 6)).argmax(1))
