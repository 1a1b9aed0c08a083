# label: bug
# category: frozen-still-moves
# rule: FRZ202
# line: 32
# truth: LBFGS updates all that it holds as one flat vector: the frozen features move with it
import argparse

import torch
import torch.nn as nn
from torch.optim import LBFGS


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--warmup", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=4)
    return parser.parse_args([])


def main():
    args = parse()
    torch.manual_seed(0)
    features = nn.Linear(4, 8)
    classifier = nn.Linear(8, 1)
    inputs = torch.randn(20, 4)
    targets = inputs.sum(1, keepdim=True)
    optimizer = LBFGS(list(features.parameters()) + list(classifier.parameters()), lr=0.1, max_iter=3)

    for epoch in range(args.epochs):
        if epoch == args.warmup:
            # the features are good enough now
            features.requires_grad_(False)

        def closure():
            optimizer.zero_grad()
            loss = ((classifier(features(inputs).tanh()) - targets) ** 2).mean()
            loss.backward()
            return loss

        loss = optimizer.step(closure)
        print(f"epoch {epoch}: {loss.item():.4f}")


main()
