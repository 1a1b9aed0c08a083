"""The backbone always runs without gradients, yet it is trainable and in the optimizer: no step moves it."""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        with torch.no_grad():  # note: FRZ402
            features = self.backbone(x)  # expect: FRZ402
        return self.head(features)


model = Classifier()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))  # note: FRZ402
    optimizer.zero_grad()
    loss.backward()  # note: FRZ402
    optimizer.step()
print([p.grad for p in model.backbone.parameters()])
