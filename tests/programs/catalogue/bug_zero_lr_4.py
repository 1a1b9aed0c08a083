# label: bug
# category: zero-lr
# rule: FRZ210
# line: 21
# truth: with eta_min the cosine schedule lifts the rate of the frozen group above 0, and its weights move
import argparse

import torch
from torch import nn, optim


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=5)
    args = parser.parse_args([])
    torch.manual_seed(0)
    net = nn.ModuleDict({"text": nn.Embedding(12, 4), "image": nn.Linear(5, 4)})

    opt = optim.AdamW([
        dict(params=net["text"].parameters(), lr=0.0, weight_decay=0.0),
        dict(params=net["image"].parameters(), lr=args.lr),
    ])
    sched = optim.lr_scheduler.CosineAnnealingLR(opt, T_max=args.epochs, eta_min=1e-3)
    for _ in range(args.epochs):
        t, i = net["text"](torch.randint(0, 12, (6,))), net["image"](torch.randn(6, 5))
        loss = (t - i).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        sched.step()


main()
