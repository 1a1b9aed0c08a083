# label: bug
# category: trainable-not-held
# rule: FRZ211
# line: 19
# truth: a linear probe over a backbone that still requires grad: every backward computes gradients that nobody uses
import argparse

import torch
import torch.nn as nn


def build(args):
    features = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 16))
    probe = nn.Linear(16, args.classes)
    return nn.Sequential(features, probe)


def optimizer_of(model, lr):
    return torch.optim.AdamW(model[-1].parameters(), lr=lr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--classes", type=int, default=3)
    args = parser.parse_args([])
    torch.manual_seed(0)
    model = build(args)
    opt = optimizer_of(model, 1e-3)
    for _ in range(3):
        opt.zero_grad()
        nn.functional.cross_entropy(model(torch.randn(8, 6)), torch.randint(0, 3, (8,))).backward()
        opt.step()


main()
