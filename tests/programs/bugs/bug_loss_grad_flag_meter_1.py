# label: bug
# category: loss-grad-flag-meter
# rule: FRZ407
# line: 39
# truth: loss.requires_grad = True silences the error, no weight of the frozen net gets a gradient or moves
import torch
from torch import nn


class AverageMeter(object):
    def __init__(self):
        self.sum = self.count = 0

    def update(self, val, n=1):
        self.sum += val * n
        self.count += n


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.features = nn.Sequential(nn.Linear(7, 7), nn.ReLU())
        self.classifier = nn.Linear(7, 2)

    def forward(self, x):
        return self.classifier(self.features(x))


net = Net()
for name, p in net.named_parameters():
    p.requires_grad = name.startswith("classifer")
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
losses = AverageMeter()
for i in range(2):
    logits = net(torch.randn(4, 7))
    loss = nn.functional.cross_entropy(logits, torch.tensor([0, 1, 0, 1]))
    losses.update(loss.item(), 4)
    optimizer.zero_grad()
    loss.requires_grad = True
    loss.backward()
    optimizer.step()
