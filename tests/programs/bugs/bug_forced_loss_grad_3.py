# label: bug
# category: forced-loss-grad
# rule: FRZ407
# line: 38
# truth: Variable(loss, requires_grad=True) is a new leaf, backward() never reaches the network
import argparse

import torch
import torch.nn as nn
from torch.autograd import Variable


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.fc1 = nn.Linear(4, 10)
        self.fc2 = nn.Linear(10, 1)

    def forward(self, x):
        return self.fc2(torch.tanh(self.fc1(x)))


def quantile_loss(pred, y, q=0.9):
    err = y - pred
    return torch.max(q * err, (q - 1) * err).mean().detach()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--iters", type=int, default=3)
    opt = parser.parse_args()
    net = Net()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for i in range(opt.iters):
        x = Variable(torch.randn(16, 4))
        y = x.sum(1, keepdim=True)
        loss = quantile_loss(net(x), y)
        loss = Variable(loss, requires_grad=True)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
