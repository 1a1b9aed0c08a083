# label: ok
# category: global-model
# rule: FRZ302,FRZ301
# truth: clean
import torch
from torch import nn

net = None
optimizer = None
EPOCHS = 2


def freeze_norms():
    for m in net.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            m.eval()
            m.weight.requires_grad_(False)
            m.bias.requires_grad_(False)


def setup():
    global net, optimizer
    net = nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(48, 2))
    freeze_norms()
    optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, net.parameters()))


def set_train():
    net.train()
    freeze_norms()


def train_epoch():
    set_train()
    for _ in range(2):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(torch.randn(4, 1, 6, 6)), torch.tensor([0, 1, 0, 1])).backward()
        optimizer.step()


setup()
for _ in range(EPOCHS):
    train_epoch()
