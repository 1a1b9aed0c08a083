# label: bug
# category: partly-bn
# rule: FRZ120
# line: 35
# truth: freeze_bn() asks for BatchNorm2d only: the BatchNorm1d of the projection keeps updating its statistics
import torch
import torch.nn as nn
import torch.nn.functional as F


class ImageEncoder(nn.Module):
    def __init__(self, dim=6):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.bn = nn.BatchNorm2d(8)
        self.proj = nn.Linear(8, dim)
        self.proj_bn = nn.BatchNorm1d(dim)

    def forward(self, x):
        x = F.relu(self.bn(self.conv(x))).mean((2, 3))
        return self.proj_bn(self.proj(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = ImageEncoder()
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.encoder(x))

    def freeze_bn(self):
        for m in self.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.eval()
                m.weight.requires_grad_(False)
                m.bias.requires_grad_(False)


net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.01)
for epoch in range(2):
    net.train()
    net.freeze_bn()
    for _ in range(2):
        loss = F.cross_entropy(net(torch.randn(4, 3, 6, 6)), torch.randint(0, 2, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
