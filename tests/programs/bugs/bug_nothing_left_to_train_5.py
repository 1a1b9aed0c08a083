# label: bug
# category: nothing-left-to-train
# rule: FRZ206
# line: 42
# truth: both loops together freeze every parameter of the regressor
# raises: RuntimeError
import argparse

import torch
from torch import nn


def build(width):
    net = nn.Module()
    net.encoder = nn.Sequential(nn.Linear(3, width), nn.ReLU())
    net.decoder = nn.Linear(width, 1)
    net.forward = lambda x: net.decoder(net.encoder(x))
    return net


def freeze(module):
    for p in module.parameters():
        p.requires_grad = False


def train(net, opt, steps):
    mse = nn.MSELoss()
    for _ in range(steps):
        x = torch.rand(12, 3)
        loss = mse(net.forward(x), x.max(1, keepdim=True).values)
        opt.zero_grad()
        loss.backward()
        opt.step()


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--width", type=int, default=8)
    args = ap.parse_args()
    net = build(args.width)
    for part in (net.encoder, net.decoder):
        freeze(part)
    train(net, torch.optim.SGD(net.parameters(), lr=0.1), steps=3)
