# label: ok
# category: batchnorm-without-statistics
# rule: FRZ301, FRZ302
# truth: clean; features.* stay still, out.* move; no norm has a running_mean that could drift
"""The few-shot convention: BatchNorm always uses the batch, so its mode means nothing."""
import torch
from torch import nn


def conv(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o, track_running_stats=False), nn.ReLU())


class Conv4(nn.Module):
    def __init__(self, ways=3):
        super().__init__()
        self.features = nn.Sequential(conv(1, 4), nn.MaxPool2d(2), conv(4, 4), nn.AdaptiveAvgPool2d(1))
        self.out = nn.Linear(4, ways)

    def forward(self, x):
        return self.out(self.features(x).flatten(1))


net = Conv4()
for p in net.features.parameters():
    p.requires_grad = False
net.train()
optimizer = torch.optim.SGD([{"params": net.out.parameters(), "lr": 0.1}])
for _ in range(3):
    x, y = torch.rand(9, 1, 8, 8), torch.arange(3).repeat(3)
    loss = nn.functional.cross_entropy(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
assert all(m.running_mean is None for m in net.modules() if isinstance(m, nn.BatchNorm2d))
