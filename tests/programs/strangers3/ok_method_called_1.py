# label: ok
# category: method-called
# rule: FRZ104, FRZ106
# truth: requires_grad_() and eval() are called, one of them through a bound method kept in a table
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.2))
        self.dec = nn.Linear(8, 4)

    def forward(self, x):
        return self.dec(self.enc(x))


def make_actions(module):
    return {
        "freeze": lambda: module.requires_grad_(False),
        "eval": module.eval,
        "train": module.train,
    }


net = Net()
actions = make_actions(net.enc)
actions["freeze"]()
opt = torch.optim.Adam(net.dec.parameters(), lr=1e-2)
for epoch in range(2):
    net.train()
    actions["eval"]()
    for _ in range(2):
        x = torch.randn(3, 4)
        loss = (net(x) - x).square().mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
