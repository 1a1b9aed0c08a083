# label: bug
# category: training-flag-by-hand
# rule: FRZ306
# line: 30
# truth: encoder.training is False, that of encoder.norm is True, which counted four batches
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(5, 10)
        self.norm = nn.BatchNorm1d(10)

    def forward(self, x):
        return self.norm(self.project(x)).relu()


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(10, 2)
        for p in self.encoder.parameters():
            p.requires_grad = False

    def train(self, mode=True):
        super().train(mode)
        self.encoder.training = False
        return self

    def forward(self, x):
        return self.head(self.encoder(x))


torch.manual_seed(0)
detector = Detector()
optimizer = torch.optim.SGD(detector.head.parameters(), lr=0.1)
for epoch in range(2):
    detector.train()
    for _ in range(2):
        optimizer.zero_grad()
        detector(torch.randn(6, 5)).pow(2).mean().backward()
        optimizer.step()
