# label: bug
# category: bn-in-train
# rule: FRZ301
# line: 63
# truth: the backbone's parameters are frozen but model.train() leaves its BatchNorm in train mode: running statistics drift
import argparse
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset


class BasicBlock(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv1 = nn.Conv2d(cin, cout, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(cout)
        self.down = nn.Conv2d(cin, cout, 1) if cin != cout else nn.Identity()

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.down(x))


class ResNet(nn.Module):
    def __init__(self, num_classes, widths=(4, 8)):
        super().__init__()
        blocks, c = [], 3
        for w in widths:
            blocks.append(BasicBlock(c, w))
            c = w
        self.layers = nn.Sequential(*blocks)
        self.fc = nn.Linear(c, num_classes)

    def forward(self, x):
        return self.fc(self.layers(x).mean((2, 3)))


def train_one_epoch(model, loader, criterion, optimizer):
    model.train()
    for x, y in loader:
        loss = criterion(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@torch.no_grad()
def evaluate(model, loader):
    model.eval()
    hits = sum((model(x).argmax(1) == y).sum().item() for x, y in loader)
    return hits / len(loader.dataset)


def main(args):
    ds = TensorDataset(torch.randn(8, 3, 6, 6) + 1, torch.randint(0, args.classes, (8,)))
    loader = DataLoader(ds, batch_size=4, shuffle=True)
    model = ResNet(args.classes)
    for name, p in model.named_parameters():
        if not name.startswith("fc."):
            p.requires_grad = False
    optimizer = torch.optim.SGD(model.fc.parameters(), lr=args.lr)
    for epoch in range(args.epochs):
        train_one_epoch(model, loader, nn.CrossEntropyLoss(), optimizer)
        print(epoch, evaluate(model, loader))
    return model


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--classes", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--lr", type=float, default=0.1)
    model = main(parser.parse_args())
