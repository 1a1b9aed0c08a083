# label: bug
# category: eval-in-the-loop
# rule: FRZ305
# line: engine.py:15
# truth: model.training is True in the first epoch and False in the nine that follow: dropout is off
import torch
from engine import evaluate, train_one_epoch
from torch import nn


def build():
    return nn.Sequential(nn.Linear(5, 10), nn.ReLU(), nn.Dropout(0.4), nn.Linear(10, 3))


def main():
    torch.manual_seed(1)
    model = build()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    train = [(torch.randn(4, 5), torch.randint(0, 3, (4,))) for _ in range(2)]
    modes = []
    for epoch in range(10):
        modes.append(train_one_epoch(model, optimizer, train))
        print(epoch, evaluate(model, train))
    return modes


if __name__ == "__main__":
    modes = main()
