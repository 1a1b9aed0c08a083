# label: ok
# category: zoo-getattr-module-flag
# rule: FRZ101
# truth: the flags are set on the parameters of the stages: stem and stage1 stand still
import argparse

import torch

import models
from engine import train_one_epoch

model_names = sorted(n for n in models.__dict__ if n.islower() and n.startswith("plain"))


def get_args():
    parser = argparse.ArgumentParser("fine-tune")
    parser.add_argument("--arch", default="plain10")
    parser.add_argument("--frozen-stages", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--lr", type=float, default=0.05)
    return parser.parse_args()


def main():
    args = get_args()
    torch.manual_seed(0)
    device = torch.device("cpu")
    model = models.__dict__[args.arch](num_classes=4, frozen_stages=args.frozen_stages).to(device)
    params = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(params, lr=args.lr, momentum=0.9)
    loader = [(torch.randn(4, 3, 16, 16), torch.randint(0, 4, (4,))) for _ in range(2)]
    for epoch in range(args.epochs):
        train_one_epoch(model, loader, optimizer, device, epoch)


if __name__ == "__main__":
    main()
