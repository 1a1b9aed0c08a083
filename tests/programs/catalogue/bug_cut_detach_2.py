# label: bug
# category: cut-detach
# rule: FRZ401
# line: 31
# truth: encoder.* has grad None at every step (its output is detached before the only head); classifier.* moves
import argparse

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(10, width), nn.GELU(), nn.Linear(width, width))

    def forward(self, x):
        return self.net(x)


class Trainer:
    def __init__(self, args):
        self.encoder = Encoder(args.width)
        self.classifier = nn.Linear(args.width, 4)
        params = [*self.encoder.parameters(), *self.classifier.parameters()]
        self.optimizer = torch.optim.AdamW(params, lr=args.lr)
        self.loss_fn = nn.CrossEntropyLoss()

    def step(self, x, y):
        features = self.encoder(x)
        logits = self.classifier(features.detach())
        loss = self.loss_fn(logits, y)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def fit(self, steps):
        for _ in range(steps):
            self.step(torch.randn(8, 10), torch.randint(0, 4, (8,)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--lr", type=float, default=1e-2)
    Trainer(parser.parse_args()).fit(3)


if __name__ == "__main__":
    main()
