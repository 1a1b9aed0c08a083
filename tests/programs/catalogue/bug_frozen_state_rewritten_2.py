# label: bug
# category: hand-written-decay
# rule: FRZ307
# line: 23
# truth: features.0.weight shrinks by 5 % in five steps although it requires no gradient
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(6, 12), nn.ReLU())
        self.head = nn.Linear(12, 2)

    def forward(self, x):
        return self.head(self.features(x))


def decay(model, rate):
    with torch.no_grad():
        for p in model.parameters():
            p.mul_(1 - rate)


torch.manual_seed(0)
net = Net()
for p in net.features.parameters():
    p.requires_grad = False
start = net.features[0].weight.clone()
optimizer = torch.optim.SGD(net.head.parameters(), lr=0.1)
for _ in range(5):
    optimizer.zero_grad()
    net(torch.randn(4, 6)).pow(2).mean().backward()
    optimizer.step()
    decay(net, 0.01)
