# label: bug
# category: freeze-option-ignored
# rule: FRZ118
# line: 11
# truth: Backbone(freeze=True) and Backbone(freeze=False) have the same number of trainable parameters
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self, width=8, freeze=True):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, width), nn.ReLU(), nn.Linear(width, width))

    def forward(self, x):
        return self.net(x)


backbone, head = Backbone(freeze=True), nn.Linear(8, 2)
optimizer = torch.optim.SGD([*backbone.parameters(), *head.parameters()], lr=0.1)
head(backbone(torch.randn(3, 4))).sum().backward()
optimizer.step()
print([sum(p.requires_grad for p in Backbone(freeze=flag).parameters()) for flag in (True, False)])
