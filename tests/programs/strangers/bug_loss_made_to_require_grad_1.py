# label: bug
# category: loss-made-to-require-grad
# rule: FRZ407
# line: 33
# truth: the loss of the all-frozen net is made to require grad so that backward() runs: nothing moves
import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten())
        self.fc = nn.Linear(16, 3)

    def forward(self, x):
        return self.fc(self.features(x))


def saliency(net, x):
    x = x.clone()
    x.requires_grad_(True)
    return torch.autograd.grad(net(x).max(1).values.sum(), x)[0].abs()


def train(net, loader, lr=0.1, epochs=2):
    opt = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in loader:
            opt.zero_grad()
            loss = F.cross_entropy(net(x), y)
            loss.requires_grad_(True)
            loss.backward()
            opt.step()


torch.manual_seed(0)
net = Net()
for p in net.parameters():
    p.requires_grad = False
loader = [(torch.rand(4, 1, 8, 8), torch.randint(0, 3, (4,))) for _ in range(3)]
train(net, loader)
print(saliency(net, torch.rand(1, 1, 8, 8)).shape)
