# label: bug
# category: nothing-left
# rule: FRZ206
# line: main.py:23
# truth: the freeze of the whole model comes after the new head: no trainable parameter is left
# raises: RuntimeError
import argparse
import torch
from torch import nn
from utils import freeze_layers, seed_everything
from models import get_model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--arch", default="convnet")
    parser.add_argument("--num-classes", default=5, type=int)
    parser.add_argument("--epochs", default=1, type=int)
    args = parser.parse_args()
    seed_everything(0)
    model = get_model(args.arch, pretrained=True)
    model.fc = nn.Linear(model.fc.in_features, args.num_classes)
    freeze_layers(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for epoch in range(args.epochs):
        model.train()
        x, y = torch.randn(4, 3, 8, 8), torch.randint(0, args.num_classes, (4,))
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


main()
