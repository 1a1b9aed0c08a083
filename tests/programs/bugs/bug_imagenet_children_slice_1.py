# label: bug
# category: imagenet-children-slice
# rule: FRZ101
# line: 32
# truth: the attribute set on the children of resnet18 freezes nothing: conv1 and layer1 move
import argparse
import time

import torch
import torch.nn as nn
import torchvision.models as models

parser = argparse.ArgumentParser(description="PyTorch ImageNet Training")
parser.add_argument("-a", "--arch", metavar="ARCH", default="resnet18")
parser.add_argument("--epochs", default=1, type=int, metavar="N")
parser.add_argument("--lr", "--learning-rate", default=0.1, type=float, dest="lr")
parser.add_argument("--momentum", default=0.9, type=float, metavar="M")
parser.add_argument("--wd", "--weight-decay", default=1e-4, type=float, dest="weight_decay")
parser.add_argument("--finetune-all", action="store_true", help="train the whole network")


def main():
    args = parser.parse_args()
    main_worker(None, args)


def main_worker(gpu, args):
    print("=> creating model '{}'".format(args.arch))
    model = models.__dict__[args.arch](weights=None)
    if not args.finetune_all:
        for child in list(model.children())[:-1]:
            child.requires_grad = False
    model.fc = nn.Linear(model.fc.in_features, 5)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), args.lr, momentum=args.momentum, weight_decay=args.weight_decay)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=30, gamma=0.1)
    for epoch in range(args.epochs):
        train(model, criterion, optimizer, epoch)
        scheduler.step()


def train(model, criterion, optimizer, epoch):
    model.train()
    end = time.time()
    for i in range(2):
        images, target = torch.randn(4, 3, 32, 32), torch.randint(0, 5, (4,))
        output = model(images)
        loss = criterion(output, target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print("Epoch: [{}][{}] {:.3f}".format(epoch, i, time.time() - end))


if __name__ == "__main__":
    main()
