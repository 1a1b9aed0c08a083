# label: ok
# category: optimizer-rebuilt-after-new-head
# rule: FRZ204
# truth: clean; features.* and classifier.* move
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n_classes=10):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(12, 16), nn.ReLU())
        self.classifier = nn.Linear(16, n_classes)

    def forward(self, x):
        return self.classifier(self.features(x))


def step(net, optimizer, n_classes):
    x = torch.randn(8, 12)
    y = torch.randint(0, n_classes, (8,))
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), y).backward()
    optimizer.step()


torch.manual_seed(0)
net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    step(net, optimizer, 10)

# the second task has three classes
net.classifier = nn.Linear(net.classifier.in_features, 3)
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
for _ in range(2):
    step(net, optimizer, 3)
