# label: bug
# category: freeze-in-base-init
# rule: FRZ124
# line: 15
# truth: the base class freezes before the subclass has built its layers: nothing is frozen
import torch
from torch import nn


class Extractor(nn.Module):
    def __init__(self, trainable=False):
        super().__init__()
        if not trainable:
            for p in self.parameters():
                p.requires_grad = False


class TwoLayer(Extractor):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 8)
        self.b = nn.Linear(8, 8)

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))


ext = TwoLayer()
head = nn.Linear(8, 2)
optimizer = torch.optim.SGD(list(ext.parameters()) + list(head.parameters()), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    head(ext(torch.randn(3, 4))).sum().backward()
    optimizer.step()
