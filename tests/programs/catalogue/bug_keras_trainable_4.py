# label: bug
# category: keras-trainable
# rule: FRZ109
# line: 27
# truth: the head was frozen with everything else and setting trainable leaves it frozen: backward raises
# raises: RuntimeError
import argparse

import torch
from torch import nn


class Tower(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(3, width), nn.GELU())
        self.head = nn.Linear(width, 2)

    def forward(self, x):
        return self.head(self.body(x))


def build(args):
    tower = Tower(args.width)
    for p in tower.parameters():
        p.requires_grad_(False)
    setattr(tower.head, "trainable", True)
    return tower


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=8)
    args = parser.parse_args([])
    tower = build(args)
    optimizer = torch.optim.AdamW(tower.head.parameters())
    loss = tower(torch.randn(2, 3)).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


if __name__ == "__main__":
    main()
