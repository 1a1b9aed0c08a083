# label: ok
# category: subcommand-head
# rule: FRZ204,FRZ206
# truth: clean
import argparse

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.features = nn.Linear(4, 16)
        self.classifier = nn.Linear(16, n)

    def forward(self, x):
        return self.classifier(self.features(x).relu())


OPTIMIZERS = {
    "sgd": lambda params, lr: torch.optim.SGD(params, lr=lr, momentum=0.9),
    "adam": lambda params, lr: torch.optim.Adam(params, lr=lr),
}


def loop(model, optimizer, classes, steps=3):
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(torch.randn(6, 4)), torch.randint(0, classes, (6,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def cmd_evaluate(args):
    model = Net(20).eval().requires_grad_(False)
    print(model(torch.randn(2, 4)).argmax(1))


def cmd_finetune(args):
    model = Net(20)
    optimizer = OPTIMIZERS[args.opt](model.parameters(), args.lr)
    loop(model, optimizer, 20, steps=1) if args.warmup else None
    model.requires_grad_(False)
    model.classifier = nn.Linear(16, args.classes)
    optimizer = OPTIMIZERS[args.opt](model.classifier.parameters(), args.lr)
    loop(model, optimizer, args.classes)


def parse(argv=None):
    parser = argparse.ArgumentParser()
    sub = parser.add_subparsers(dest="cmd")
    for name, func in (("evaluate", cmd_evaluate), ("finetune", cmd_finetune)):
        p = sub.add_parser(name)
        p.add_argument("--opt", default="sgd", choices=sorted(OPTIMIZERS))
        p.add_argument("--lr", type=float, default=0.1)
        p.add_argument("--classes", type=int, default=3)
        p.add_argument("--warmup", action="store_true")
        p.set_defaults(func=func)
    return parser.parse_args(argv)


if __name__ == "__main__":
    args = parse(["finetune"])
    args.func(args)
