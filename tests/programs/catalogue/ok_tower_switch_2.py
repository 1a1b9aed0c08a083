# label: ok
# category: tower-switch
# rule: FRZ402, FRZ401
# truth: clean; the backbone has no gradient in the first epochs and moves after them
import torch
from torch import nn


class Warmed(nn.Module):
    def __init__(self, warm=2):
        super().__init__()
        self.backbone, self.head = nn.Linear(4, 6), nn.Linear(6, 2)
        self.warm, self.epoch = warm, 0

    def forward(self, x):
        with torch.set_grad_enabled(self.epoch >= self.warm):
            h = self.backbone(x)
        return self.head(h)


model = Warmed()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(4):
    model.epoch = epoch
    loss = nn.functional.cross_entropy(model(torch.randn(3, 4)), torch.tensor([0, 1, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
