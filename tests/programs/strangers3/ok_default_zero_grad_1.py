# label: ok
# category: default-zero-grad
# rule: FRZ202
# truth: frozen at epoch 1 with the default zero_grad: gradients become None and Adam's momentum does not touch the trunk
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(torch.tanh(self.trunk(x)))


net = Net()
opt = torch.optim.Adam(net.parameters(), lr=1e-2, weight_decay=0.1)
kept = None
for epoch in range(3):
    opt.zero_grad()
    if epoch == 1:
        for p in net.trunk.parameters():
            p.requires_grad_(False)
        kept = net.trunk.weight.clone()
    for i in range(2):
        loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
        loss.backward()
        opt.step()
        opt.zero_grad()
