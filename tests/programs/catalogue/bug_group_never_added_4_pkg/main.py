# label: bug
# category: group-never-added
# rule: FRZ207
# line: params.py:8
# truth: three lists are returned and two are used: the head never moves
import argparse

import torch
from torch import nn

from params import split


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(5, 6)
        self.body = nn.Linear(6, 6)
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        return self.head(self.body(self.stem(x).relu()).relu())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--layer-decay", type=float, default=0.5)
    args = parser.parse_args([])
    torch.manual_seed(0)
    model = Model()
    stem, body, head = split(model)
    optimizer = torch.optim.RMSprop(
        [{"params": stem, "lr": args.lr * args.layer_decay}, {"params": body}], lr=args.lr
    )
    for _ in range(3):
        loss = nn.functional.cross_entropy(model(torch.randn(6, 5)), torch.randint(0, 3, (6,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


main()
