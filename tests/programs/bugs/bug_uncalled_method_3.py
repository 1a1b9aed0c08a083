# label: bug
# category: uncalled-method
# rule: FRZ106
# line: 11
# truth: validation runs with the network still in training mode, its dropout is active
import torch
from torch import nn


def evaluate(net, batches):
    net.eval
    correct = 0
    with torch.no_grad():
        for x, y in batches:
            correct += (net(x).argmax(1) == y).sum().item()
    net.train()
    return correct


def train_epoch(net, opt, batches):
    net.train()
    for x, y in batches:
        opt.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()
        opt.step()


def make_batches(n):
    return [(torch.randn(4, 5), torch.randint(0, 3, (4,))) for _ in range(n)]


net = nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Dropout(0.3), nn.Linear(16, 3))
opt = torch.optim.Adam(net.parameters())
train_batches, val_batches = make_batches(3), make_batches(2)
for epoch in range(2):
    train_epoch(net, opt, train_batches)
    print("val", evaluate(net, val_batches))
