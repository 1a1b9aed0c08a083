# label: bug
# category: called
# rule: FRZ104
# line: 32
# truth: p.requires_grad(False) calls a bool
# raises: TypeError
import argparse
import torch
from torch import nn


def build(arch):
    zoo = {
        "mlp": lambda: nn.Sequential(nn.Linear(5, 8), nn.ReLU()),
        "deep": lambda: nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU()),
    }
    return zoo[arch]()


class Probe(nn.Module):
    def __init__(self, arch, classes=2):
        super().__init__()
        self.trunk = build(arch)
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        return self.head(self.trunk(x))


def freeze(module: nn.Module) -> nn.Module:
    for p in module.parameters():
        p.requires_grad(False)
    return module


def run(args):
    model = Probe(args.arch)
    freeze(model.trunk)
    opt = torch.optim.SGD(model.head.parameters(), lr=args.lr)
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 5)), torch.randint(0, 2, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--arch", default="deep", choices=["mlp", "deep"])
    ap.add_argument("--lr", default=0.1, type=float)
    run(ap.parse_args())
