# label: ok
# category: new-head
# rule: FRZ115, FRZ206
# truth: freeze all, then a new head through getattr/setattr on the head's name: the idiom of transfer learning
import argparse
import torch
from torch import nn


class SmallNet(nn.Module):
    head_name = "fc"

    def __init__(self, classes=10):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3)
        self.fc = nn.Linear(6, classes)

    def forward(self, x):
        return self.fc(torch.relu(self.conv(x)).mean((2, 3)))


class OtherNet(nn.Module):
    head_name = "classifier"

    def __init__(self, classes=10):
        super().__init__()
        self.features = nn.Sequential(nn.Flatten(), nn.Linear(192, 8), nn.ReLU())
        self.classifier = nn.Linear(8, classes)

    def forward(self, x):
        return self.classifier(self.features(x))


ZOO = {"small": SmallNet, "other": OtherNet}


def create(arch, classes):
    model = ZOO[arch]()
    for p in model.parameters():
        p.requires_grad = False
    old = getattr(model, model.head_name)
    setattr(model, model.head_name, nn.Linear(old.in_features, classes))
    return model


ap = argparse.ArgumentParser()
ap.add_argument("--arch", choices=sorted(ZOO), default="small")
ap.add_argument("--classes", type=int, default=3)
args = ap.parse_args()
model = create(args.arch, args.classes)
opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1, momentum=0.9)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 3, 8, 8)), torch.randint(0, args.classes, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
