# label: ok
# category: flag-on-leaf
# rule: FRZ306
# truth: training is set by hand on leaf modules only, in an own walk over all modules
import torch
from torch import nn


def set_leaf_mode(root, mode):
    for m in root.modules():
        if not list(m.children()):
            m.training = mode


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.2))
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.enc(x))


net = Net()
net.enc.requires_grad_(False)
opt = torch.optim.SGD(net.head.parameters(), lr=0.1)
for epoch in range(2):
    net.train()
    set_leaf_mode(net.enc, False)
    loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
