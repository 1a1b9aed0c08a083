# label: bug
# category: eval-undone
# rule: FRZ302
# line: main.py:23
# truth: set_bn_eval is applied once in main, engine.py calls model.train(True) before every epoch
import argparse

import torch

from lib.engine import train_one_epoch, validate
from lib.net import UNet
from lib.norm import set_bn_eval


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--epochs", type=int, default=2)
    p.add_argument("--update-bn", action="store_true")
    args = p.parse_args()

    model = UNet(classes=2)
    if not args.update_bn:
        model.apply(set_bn_eval)
    optimizer = torch.optim.SGD([q for q in model.parameters() if q.requires_grad], lr=1e-2)
    for epoch in range(args.epochs):
        train_one_epoch(model, optimizer)
        print(epoch, validate(model))


if __name__ == "__main__":
    main()
