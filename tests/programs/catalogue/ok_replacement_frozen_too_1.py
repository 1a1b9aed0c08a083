# label: ok
# category: replacement-frozen-too
# rule: FRZ115
# truth: the new encoder is frozen as well, by the same helper
import torch
from torch import nn


def freeze(m):
    for p in m.parameters():
        p.requires_grad = False
    return m


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = freeze(nn.Linear(4, 6))
        self.head = nn.Linear(6, 2)

    def swap(self, encoder):
        self.encoder = freeze(encoder)

    def forward(self, x):
        return self.head(self.encoder(x))


model = Net()
model.swap(nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 6)))
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(4, 4)).sum().backward()
    optimizer.step()
