"""The backbone is frozen in epoch 2, but its gradients stay zeros, and momentum moves it on."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


torch.manual_seed(0)
model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for epoch in range(4):
    if epoch == 2:
        model.backbone.requires_grad_(False)  # expect: FRZ202
        frozen = [p.detach().clone() for p in model.backbone.parameters()]
    optimizer.zero_grad(set_to_none=False)  # note: FRZ202
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    loss.backward()
    optimizer.step()  # note: FRZ202
