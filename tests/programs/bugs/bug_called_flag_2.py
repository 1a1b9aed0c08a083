# label: bug
# category: called-flag
# rule: FRZ104
# line: 22
# truth: with freezing on, Net.freeze_stem raises at its first parameter
# raises: TypeError
import argparse

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self, in_dim, n_cls):
        super().__init__()
        self.stem = nn.Linear(in_dim, 16)
        self.mid = nn.Linear(16, 16)
        self.cls = nn.Linear(16, n_cls)

    def freeze_stem(self, trainable=False):
        self.stem.weight.requires_grad(trainable)
        self.stem.bias.requires_grad(trainable)

    def forward(self, x):
        return self.cls(F.relu(self.mid(F.relu(self.stem(x)))))


def get_args():
    ap = argparse.ArgumentParser(description="toy")
    ap.add_argument("--no-freeze", dest="freeze", action="store_false")
    ap.add_argument("--lr", type=float, default=0.1)
    return ap.parse_args()


def main(args):
    net = Net(5, 2)
    if args.freeze:
        net.freeze_stem()
    opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=args.lr)
    for _ in range(2):
        loss = F.cross_entropy(net(torch.randn(4, 5)), torch.tensor([0, 1, 1, 0]))
        opt.zero_grad()
        loss.backward()
        opt.step()


if __name__ == "__main__":
    main(get_args())
