# label: ok
# category: mode-inference-script
# rule: FRZ404
# truth: clean; nothing trains, the script only predicts
import argparse

import torch
from torch import nn


def predict(model, n):
    model.eval()
    return [model(torch.randn(2, 4)).argmax(1) for _ in range(n)]


def train(model, n):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(n):
        loss = nn.functional.cross_entropy(model(torch.randn(2, 4)), torch.tensor([0, 1]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


parser = argparse.ArgumentParser()
parser.add_argument("--evaluate", action="store_true")
args = parser.parse_args()
net = nn.Linear(4, 2)
if args.evaluate:
    torch.set_grad_enabled(False)
    print(predict(net, 2))
else:
    train(net, 3)
