# label: bug
# category: val-inside-loop-no-train
# rule: FRZ305
# line: 29
# truth: evaluate() leaves the model in eval mode and model.train() stands before the loop: from step 3 on it trains in eval mode
import argparse
import itertools

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(6, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 3))

    def forward(self, x):
        return self.layers(x)


def infinite(loader):
    while True:
        yield from loader


@torch.no_grad()
def evaluate(model, loader):
    model.eval()
    correct = sum((model(x).argmax(1) == y).sum().item() for x, y in loader)
    return correct


def main(args):
    torch.manual_seed(0)
    loader = [(torch.randn(4, 6), torch.randint(0, 3, (4,))) for _ in range(3)]
    model = Classifier()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    model.train()
    for step, (x, y) in enumerate(itertools.islice(infinite(loader), args.num_steps)):
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (step + 1) % args.eval_every == 0:
            print(step, evaluate(model, loader))


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--num-steps", type=int, default=8)
    ap.add_argument("--eval-every", type=int, default=3)
    main(ap.parse_args())
