# label: ok
# category: imagenet-linear-probe
# rule: FRZ201,FRZ301,FRZ206
# truth: clean
import argparse

import torch
import torch.nn as nn
import torchvision.models as models

model_names = sorted(n for n in models.__dict__ if n.islower() and not n.startswith("__") and callable(models.__dict__[n]))
parser = argparse.ArgumentParser(description="PyTorch ImageNet linear classification")
parser.add_argument("-a", "--arch", default="resnet18", choices=model_names)
parser.add_argument("--lr", default=30.0, type=float)
parser.add_argument("--epochs", default=2, type=int)


def main():
    args = parser.parse_args()
    main_worker(args)


def main_worker(args):
    model = models.__dict__[args.arch](weights=None)
    for name, param in model.named_parameters():
        if name not in ["fc.weight", "fc.bias"]:
            param.requires_grad = False
    model.fc.weight.data.normal_(mean=0.0, std=0.01)
    model.fc.bias.data.zero_()
    criterion = nn.CrossEntropyLoss()
    parameters = list(filter(lambda p: p.requires_grad, model.parameters()))
    assert len(parameters) == 2  # fc.weight, fc.bias
    optimizer = torch.optim.SGD(parameters, args.lr, momentum=0.9, weight_decay=0.0)
    for epoch in range(args.epochs):
        train(model, criterion, optimizer)


def train(model, criterion, optimizer):
    """
    Switch to eval mode: under the protocol of linear classification on frozen features,
    it is not legitimate to change any part of the model, running mean/std included.
    """
    model.eval()
    images, target = torch.randn(2, 3, 32, 32), torch.tensor([0, 1])
    loss = criterion(model(images), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


if __name__ == "__main__":
    main()
