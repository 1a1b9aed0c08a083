# label: bug
# category: warmup-then-finetune-script
# rule: FRZ203
# line: 66
# truth: after the warm-up the backbone is set free, but the optimizer was built from the head's parameters only
# finetune.py - first the classifier alone, then everything
import argparse
import os
import tempfile

import torch
from torch import nn
from torch.optim.lr_scheduler import CosineAnnealingLR


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1), nn.ReLU(), nn.Conv2d(4, 8, 3, 2, 1), nn.ReLU())
        self.classifier = nn.Linear(8, n)

    def forward(self, x):
        return self.classifier(self.backbone(x).mean((2, 3)))


def get_optimizer(model, args):
    if args.opt == "sgd":
        return torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=args.lr, momentum=0.9)
    if args.opt == "adam":
        return torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=args.lr)
    raise ValueError(args.opt)


def run_epochs(model, optimizer, scheduler, epochs, ckpt):
    for epoch in range(epochs):
        model.train()
        for _ in range(2):
            x, y = torch.rand(4, 3, 8, 8), torch.randint(0, 3, (4,))
            loss = nn.functional.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, ckpt)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--opt", default="adam", choices=["sgd", "adam"])
    ap.add_argument("--lr", default=1e-2, type=float)
    ap.add_argument("--warmup-epochs", default=1, type=int)
    ap.add_argument("--epochs", default=2, type=int)
    args = ap.parse_args()

    torch.manual_seed(0)
    ckpt = os.path.join(tempfile.mkdtemp(), "last.pth")
    model = Net(3)
    for p in model.backbone.parameters():
        p.requires_grad = False
    optimizer = get_optimizer(model, args)
    scheduler = CosineAnnealingLR(optimizer, args.warmup_epochs)
    run_epochs(model, optimizer, scheduler, args.warmup_epochs, ckpt)

    print("==> unfreezing the backbone")
    for p in model.backbone.parameters():
        p.requires_grad = True
    args.lr *= 0.1
    scheduler = CosineAnnealingLR(optimizer, args.epochs)
    run_epochs(model, optimizer, scheduler, args.epochs, ckpt)


if __name__ == "__main__":
    main()
