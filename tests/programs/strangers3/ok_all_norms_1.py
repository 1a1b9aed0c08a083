# label: ok
# category: all-norms
# rule: FRZ120
# truth: freeze_bn covers the common base class of all BatchNorm types, affine and statistics, after each train()
import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3)
        self.bn2d = nn.BatchNorm2d(6)
        self.fc = nn.Linear(6, 8)
        self.bn1d = nn.BatchNorm1d(8)
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        x = torch.relu(self.bn2d(self.conv(x))).mean((2, 3))
        return self.out(torch.relu(self.bn1d(self.fc(x))))

    def freeze_bn(self):
        def _freeze(m):
            if isinstance(m, _BatchNorm):
                m.eval()
                m.requires_grad_(False)

        self.apply(_freeze)

    def train(self, mode=True):
        super().train(mode)
        self.freeze_bn()
        return self


net = Net().train()
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.05)
for epoch in range(2):
    net.train()
    loss = nn.functional.cross_entropy(net(torch.randn(4, 3, 6, 6)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
