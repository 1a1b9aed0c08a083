# label: bug
# category: keras-trainable
# rule: FRZ109
# line: 39
# truth: `trainable` is a plain attribute; every feature layer keeps requires_grad=True and moves
import argparse

import torch
import torch.nn.functional as F
from torch import nn, optim


def get_args(argv=None):
    ap = argparse.ArgumentParser()
    ap.add_argument("--lr", type=float, default=1e-2)
    ap.add_argument("--freeze-until", type=int, default=4)
    return ap.parse_args(argv)


class SmallVGG(nn.Module):
    def __init__(self, n_classes=3):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(),
            nn.Conv2d(4, 8, 3, padding=1), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1))
        self.classifier = nn.Linear(8, n_classes)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


if __name__ == "__main__":
    args = get_args([])
    torch.manual_seed(1)
    net = SmallVGG()
    for i, layer in enumerate(net.features):
        if i < args.freeze_until:
            layer.trainable = False
    optimizer = optim.SGD(net.parameters(), lr=args.lr, momentum=0.9)
    for step in range(3):
        x, y = torch.rand(4, 3, 8, 8), torch.randint(0, 3, (4,))
        loss = F.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(f"step {step} loss {loss.item():.3f}")
