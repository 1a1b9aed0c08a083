# label: ok
# category: zoo-key
# rule: FRZ206
# truth: whichever entry of the zoo is taken, it is frozen before the new head is put in: the head trains
import argparse
import torch
from torch import nn


class Small(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Linear(4, width)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        return self.head(torch.relu(self.body(x)))


def narrow():
    return Small(6)


def wide():
    return Small(12)


ZOO = {"narrow": narrow, "wide": wide}


def freeze(model):
    for p in model.parameters():
        p.requires_grad_(False)


parser = argparse.ArgumentParser()
parser.add_argument("--arch", default="wide")
args = parser.parse_args([])
model = ZOO[args.arch]()
freeze(model)
model.head = nn.Linear(model.head.in_features, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
