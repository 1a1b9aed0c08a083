# label: bug
# category: freeze-option-ignored
# rule: FRZ118
# line: 16
# truth: with `--freeze-backbone False` the text "False" is true, so the backbone is frozen all the same
import argparse

import torch
from torch import nn


def parse_args(argv=None):
    p = argparse.ArgumentParser("finetune")
    p.add_argument("--epochs", type=int, default=2)
    p.add_argument("--lr", type=float, default=1e-2)
    p.add_argument("--freeze-backbone", type=bool, default=True, help="train the head only")
    return p.parse_args(argv)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(7, 7), nn.Tanh())
        self.head = nn.Linear(7, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


def main(argv=None):
    args = parse_args(argv)
    model = Model()
    if args.freeze_backbone:
        for p in model.backbone.parameters():
            p.requires_grad = False
    opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=args.lr)
    for _ in range(args.epochs):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 7)), torch.tensor([0, 1, 1, 0]))
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model


if __name__ == "__main__":
    model = main(["--freeze-backbone", "False"])
