# label: bug
# category: undone-in-trainer
# rule: FRZ114
# line: 44
# truth: the trainer's constructor makes every parameter trainable after build_model froze the stem; the stem moves
import argparse

import torch
import torch.nn as nn


class Model(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.stem = nn.Linear(5, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(2)])
        self.out = nn.Linear(width, 1)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = torch.relu(block(x))
        return self.out(x)


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.model.requires_grad_(True)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=lr)

    def run(self, steps):
        self.model.train()
        for _ in range(steps):
            loss = self.model(torch.randn(8, 5)).pow(2).mean()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


def build_model(args):
    model = Model(args.width)
    if args.freeze_stem:
        model.stem.requires_grad_(False)
    return model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=8)
    parser.add_argument("--freeze-stem", action="store_true", default=True)
    args = parser.parse_args([])
    trainer = Trainer(build_model(args), lr=0.1)
    trainer.run(3)
    return trainer


t = main()
