# label: bug
# category: mixed-in-train
# rule: FRZ304
# line: 11
# truth: train() comes from a plain class and returns nothing, so that `net.train()` is None
import torch
from torch import nn


class KeepsStem:
    def train(self, mode=True):
        super().train(mode)
        self.stem.eval()


class Net(KeepsStem, nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8))
        self.stem.requires_grad_(False)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.stem(x))


net = Net()
optimizer = torch.optim.SGD(net.head.parameters(), lr=0.1)
for _ in range(2):
    net.train()
    loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
