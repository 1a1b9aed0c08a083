# label: bug
# category: freeze-option-ignored
# rule: FRZ118
# line: 32
# truth: "--train-embeddings ''" aside, every text is true: with "no" the embedding is trained
import argparse

import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, vocabulary, tune_embeddings):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, 5)
        self.embed.weight.requires_grad = tune_embeddings
        self.out = nn.Linear(5, 4)

    def forward(self, tokens):
        return self.out(self.embed(tokens))


def train(args):
    model = Tagger(20, args.train_embeddings)
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=args.lr)
    model(torch.randint(0, 20, (3, 2))).sum().backward()
    optimizer.step()
    print(args.train_embeddings, model.embed.weight.requires_grad)


parser = argparse.ArgumentParser()
parser.add_argument("--train-embeddings", default=False, type=bool)
parser.add_argument("--lr", type=float, default=1e-3)
train(parser.parse_args(["--train-embeddings", "no"]))
