# label: ok
# category: backbone-bn-frozen-head-bn-trains
# rule: FRZ120
# truth: the norms of the backbone are frozen; the new head has a BatchNorm1d of its own, which is meant to train
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
        self.head = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 2))

    def forward(self, x):
        return self.head(self.backbone(x).mean((2, 3)))

    def train(self, mode=True):
        super().train(mode)
        for m in self.backbone.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.eval()
        return self


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    model.train()
    optimizer.zero_grad()
    model(torch.randn(4, 1, 6, 6)).pow(2).sum().backward()
    optimizer.step()
