# label: bug
# category: replaced-after-optimizer
# rule: FRZ204
# line: 43
# truth: reset_classifier() runs after the optimizer was built: the new head never moves
import argparse
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, num_classes=10, dim=8):
        super().__init__()
        self.num_features = dim
        self.stem = nn.Linear(4, dim)
        self.classifier = nn.Linear(dim, num_classes)

    def reset_classifier(self, num_classes):
        self.classifier = nn.Linear(self.num_features, num_classes)

    def forward(self, x):
        return self.classifier(torch.relu(self.stem(x)))


def get_optimizer(model, lr):
    decay, no_decay = [], []
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        (no_decay if p.ndim <= 1 else decay).append(p)
    return torch.optim.AdamW([{"params": decay, "weight_decay": 0.05}, {"params": no_decay, "weight_decay": 0.0}], lr=lr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--classes", type=int, default=3)
    parser.add_argument("--lr", type=float, default=1e-2)
    args = parser.parse_args()

    model = Net()
    optimizer = get_optimizer(model, args.lr)
    if args.classes != 10:
        model.reset_classifier(args.classes)
    criterion = nn.CrossEntropyLoss()
    for step in range(3):
        x, y = torch.randn(4, 4), torch.randint(0, args.classes, (4,))
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
    return model


model = main()
