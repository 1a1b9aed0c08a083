"""The gradients of the backbone are zeroed before each step; AdamW's weight decay moves it all the same."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Net()
before = [p.detach().clone() for p in model.backbone.parameters()]
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)  # note: FRZ208
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    for p in model.backbone.parameters():
        p.grad.zero_()  # expect: FRZ208
    optimizer.step()  # note: FRZ208
