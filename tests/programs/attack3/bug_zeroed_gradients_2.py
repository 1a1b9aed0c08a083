# label: bug
# category: zeroed-gradients
# rule: FRZ208
# line: 23
# truth: the hooks zero the gradients of the encoder, weight decay (L2 in Adam) goes on moving it
import argparse

import torch
from torch import nn


class Flow(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(2, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1))
        self.flow = nn.Conv2d(4, 2, 3, padding=1)

    def forward(self, pair):
        return self.flow(self.encoder(pair))


def freeze_with_hooks(module):
    return [p.register_hook(lambda g: g * 0.0) for p in module.parameters()]


def get_parser():
    p = argparse.ArgumentParser()
    p.add_argument("--wd", type=float, default=1e-2)
    p.add_argument("--lr", type=float, default=1e-3)
    p.add_argument("--fix_encoder", action="store_true")
    return p


args = get_parser().parse_args(["--fix_encoder"])
net = Flow()
if args.fix_encoder:
    handles = freeze_with_hooks(net.encoder)
optimizer = torch.optim.Adam(net.parameters(), lr=args.lr, weight_decay=args.wd)
for _ in range(3):
    pair, gt = torch.rand(2, 2, 8, 8), torch.zeros(2, 2, 8, 8)
    epe = (net(pair) - gt).norm(dim=1).mean()
    optimizer.zero_grad()
    epe.backward()
    optimizer.step()
