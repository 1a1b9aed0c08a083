# label: ok
# category: freeze-option-ignored
# rule: FRZ118
# truth: the option is parsed by a function that knows "False"; the other bool option decides nothing about layers
import argparse

import torch
from torch import nn


def yes_or_no(text):
    return text.lower() in ("1", "true", "yes")


parser = argparse.ArgumentParser()
parser.add_argument("--freeze", type=yes_or_no, default=True)
parser.add_argument("--train-stem", action=argparse.BooleanOptionalAction, default=False)
parser.add_argument("--verbose", type=bool, default=False)
args = parser.parse_args(["--freeze", "false"])

stem, head = nn.Linear(4, 4), nn.Linear(4, 2)
stem.requires_grad_(args.train_stem or not args.freeze)
optimizer = torch.optim.SGD([p for p in (*stem.parameters(), *head.parameters()) if p.requires_grad], lr=0.1)
head(stem(torch.randn(3, 4))).sum().backward()
optimizer.step()
if args.verbose:
    print("done")
print([p.requires_grad for p in stem.parameters()])
