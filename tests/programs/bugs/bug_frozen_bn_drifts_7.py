# label: bug
# category: frozen-bn-drifts
# rule: FRZ301
# line: 44
# truth: the frozen backbone behind DataParallel runs in train mode, its statistics move
import argparse

import torch
from torch import nn


def conv_bn(i, o, s):
    return nn.Sequential(nn.Conv2d(i, o, 3, s, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU6())


class PoseNet(nn.Module):
    def __init__(self, joints):
        super().__init__()
        self.backbone = nn.Sequential(conv_bn(3, 4, 2), conv_bn(4, 8, 2))
        self.regressor = nn.Linear(8 * 4, joints * 2)

    def forward(self, x):
        return self.regressor(self.backbone(x).flatten(1))


def train_one_epoch(model, optimizer, n_iter):
    model.train()
    for _ in range(n_iter):
        x, joints = torch.rand(4, 3, 8, 8), torch.rand(4, 10)
        loss = nn.functional.l1_loss(model(x), joints)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--train-backbone", action="store_true")
    args = parser.parse_args()
    model = nn.DataParallel(PoseNet(joints=5))
    if not args.train_backbone:
        for p in model.module.backbone.parameters():
            p.requires_grad = False
    optimizer = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-3)
    for _ in range(args.epochs):
        train_one_epoch(model, optimizer, n_iter=2)


if __name__ == "__main__":
    main()
