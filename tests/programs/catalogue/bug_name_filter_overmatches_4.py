# label: bug
# category: name-filter-overmatches
# rule: FRZ113
# line: 34
# truth: the text "fc" of the classifier also stands in attend.fc: it stays trainable as well
import argparse

import torch
from torch import nn


class Attend(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.mix = nn.Linear(d, d)

    def forward(self, x):
        return torch.softmax(self.fc(x), -1) * self.mix(x)


class Net(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.attend = Attend(d)
        self.fc = nn.Linear(d, 3)

    def forward(self, x):
        return self.fc(self.attend(x))


def head_only(net):
    for name, p in net.named_parameters():
        if "fc" not in name:
            p.requires_grad = False


parser = argparse.ArgumentParser()
parser.add_argument("--width", type=int, default=6)
args = parser.parse_args([])
net = Net(args.width)
head_only(net)
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.5)
net(torch.randn(5, args.width)).logsumexp(1).mean().backward()
optimizer.step()
print({n: p.requires_grad for n, p in net.named_parameters()})
