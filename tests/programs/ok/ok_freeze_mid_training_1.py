# label: ok
# category: freeze-in-mid-training-grads-none
# rule: FRZ202, FRZ201
# truth: clean; features.* move, head.* move; the features stand still from the freeze on
"""Freezes the features after two epochs; zero_grad() sets gradients to None, so Adam skips them."""
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(4, 8), nn.Tanh())
        self.head = nn.Linear(8, 1)

    def forward(self, x):
        return self.head(self.features(x))


def epoch_of(net, optimizer, n=3):
    for _ in range(n):
        x = torch.randn(12, 4)
        optimizer.zero_grad()
        loss = (net(x).squeeze(1) - x.prod(1)).pow(2).mean()
        loss.backward()
        optimizer.step()


torch.manual_seed(0)
net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-2, weight_decay=1e-2)
frozen_at = None
for epoch in range(4):
    if epoch == 2:
        net.features.requires_grad_(False)
        frozen_at = net.features[0].weight.clone()
    epoch_of(net, optimizer)
assert torch.equal(frozen_at, net.features[0].weight)
