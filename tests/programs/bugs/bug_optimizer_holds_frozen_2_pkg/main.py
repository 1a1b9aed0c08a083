# label: bug
# category: optimizer-holds-frozen
# rule: FRZ201
# line: optim_factory.py:15
# truth: both groups built by optim_factory hold frozen encoder tensors beside the head's
import argparse

import torch

from modeling import TinyTransformer
from optim_factory import build_optimizer


def parse():
    parser = argparse.ArgumentParser("finetune")
    parser.add_argument("--lr", default=1e-3, type=float)
    parser.add_argument("--wd", default=0.05, type=float)
    return parser.parse_args()


def main():
    args = parse()
    model = TinyTransformer()
    model.freeze_encoder()
    optimizer = build_optimizer(model, args.lr, args.wd)
    for _ in range(3):
        ids, y = torch.randint(0, 16, (4, 6)), torch.randint(0, 2, (4,))
        loss = torch.nn.functional.cross_entropy(model(ids), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
