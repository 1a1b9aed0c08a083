"""One override gives None instead of the module; another puts the part in eval mode too early."""

import torch
from torch import nn


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 3)

    def train(self, mode=True):  # expect: FRZ304
        super().train(mode)

    def forward(self, x):
        return self.fc(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.Dropout(0.2))
        self.head = Head()

    def train(self, mode=True):
        self.backbone.eval()  # expect: FRZ304
        return super().train(mode)  # note: FRZ304

    def forward(self, x):
        return self.head(self.backbone(x))


model = Net().train()
print(model.backbone.training, model.head.train())
