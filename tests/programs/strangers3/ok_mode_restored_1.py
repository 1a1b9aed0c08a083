# label: ok
# category: mode-restored
# rule: FRZ305
# truth: evaluate() remembers the mode and restores it; the epoch function also calls train()
import argparse
import contextlib
import torch
from torch import nn


@contextlib.contextmanager
def evaluating(net):
    was_training = net.training
    try:
        net.eval()
        yield net
    finally:
        if was_training:
            net.train()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, 2))

    def forward(self, x):
        return self.net(x)


@torch.no_grad()
def evaluate(model):
    with evaluating(model):
        return model(torch.randn(4, 4)).argmax(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--iters", type=int, default=6)
    parser.add_argument("--eval-every", type=int, default=2)
    args = parser.parse_args()
    model = Net()
    opt = torch.optim.SGD(model.parameters(), lr=0.05)
    model.train()
    for it in range(args.iters):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
        if it % args.eval_every == 0:
            evaluate(model)
    return model


model = main()
