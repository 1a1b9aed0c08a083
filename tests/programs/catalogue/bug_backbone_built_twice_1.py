# label: bug
# category: backbone-built-twice
# rule: FRZ125
# line: 37
# truth: the backbone that is frozen is not the one that the classifier makes for itself
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 3)
        self.proj = nn.Linear(4, 6)

    def forward(self, x):
        return self.proj(torch.relu(self.conv(x)).mean(-1))


class Classifier(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.backbone = Backbone()
        self.fc = nn.Linear(6, classes)

    def forward(self, x):
        return self.fc(self.backbone(x))


def freeze(module):
    module.eval()
    for p in module.parameters():
        p.requires_grad_(False)


backbone = Backbone()
freeze(backbone)
model = Classifier(3)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 2, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
