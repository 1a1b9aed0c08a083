# label: ok
# category: frozen-head-cut-off
# rule: FRZ115
# truth: the frozen old classifier is replaced by Identity, which has nothing to train, after a stage that used it
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 6)
        self.classifier = nn.Linear(6, 3)

    def forward(self, x):
        return self.classifier(self.body(x))


net = Net()
start = net.body.weight.detach().clone()
for p in net.classifier.parameters():
    p.requires_grad = False
net.classifier = nn.Identity()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(4, 4)).pow(2).sum().backward()
    optimizer.step()
