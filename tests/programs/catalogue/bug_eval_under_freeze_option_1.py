# label: bug
# category: eval-under-freeze-option
# rule: FRZ116
# line: 22
# truth: with --freeze-backbone the backbone is put in eval mode and its weights keep moving
import argparse

import torch
import torch.nn as nn


def build():
    model = nn.Module()
    model.backbone = nn.Sequential(nn.Conv1d(2, 4, 3), nn.BatchNorm1d(4), nn.ReLU(), nn.AdaptiveAvgPool1d(1), nn.Flatten())
    model.head = nn.Linear(4, 3)
    return model


def train_one_epoch(model, optimizer, args):
    model.train()
    if args.freeze_backbone:
        model.backbone.eval()
    for _ in range(2):
        logits = model.head(model.backbone(torch.randn(4, 2, 8)))
        loss = nn.functional.cross_entropy(logits, torch.tensor([0, 1, 2, 0]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--freeze-backbone", action="store_true")
    parser.add_argument("--epochs", type=int, default=2)
    args = parser.parse_args(argv)
    model = build()
    before = model.backbone[0].weight.detach().clone()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for _ in range(args.epochs):
        train_one_epoch(model, optimizer, args)
    return model, before


if __name__ == "__main__":
    model, start = main(["--freeze-backbone"])
