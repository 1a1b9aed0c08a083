# label: ok
# category: redundant-attr
# rule: FRZ101
# truth: the attribute on the module is redundant: the loop beside it really freezes its parameters, and the flag is read for logging
import argparse
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3)
        self.norm = nn.GroupNorm(2, 6)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x))).mean((2, 3))


class Model(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.backbone = Backbone()
        self.head = nn.Linear(6, classes)

    def freeze(self):
        self.backbone.requires_grad = False
        for layer in self.backbone.parameters():
            layer.requires_grad = False

    def forward(self, x):
        return self.head(self.backbone(x))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--classes", type=int, default=2)
    args = ap.parse_args()
    model = Model(args.classes)
    model.freeze()
    opt = torch.optim.SGD(model.head.parameters(), lr=0.1)
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 3, 6, 6)), torch.randint(0, args.classes, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model


if __name__ == "__main__":
    model = main()
