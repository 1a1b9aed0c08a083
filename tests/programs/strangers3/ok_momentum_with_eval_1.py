# label: ok
# category: momentum-with-eval
# rule: FRZ308
# truth: the momentum of a trained BatchNorm is tuned by a schedule; the frozen ones are in eval
import torch
from torch import nn


class PointNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.pre = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.post = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))

    def forward(self, x):
        return self.post(self.pre(x))


def set_bn_momentum(module, momentum):
    for m in module.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.momentum = momentum


net = PointNet()
net.pre.requires_grad_(False)
opt = torch.optim.Adam(net.post.parameters(), lr=1e-3)
for epoch in range(3):
    net.train()
    net.pre.eval()
    set_bn_momentum(net.post, max(0.1 * 0.5**epoch, 0.01))
    loss = nn.functional.cross_entropy(net(torch.randn(6, 3)), torch.randint(0, 2, (6,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
