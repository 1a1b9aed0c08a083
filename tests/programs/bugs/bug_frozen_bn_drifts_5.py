# label: bug
# category: frozen-bn-drifts
# rule: FRZ301
# line: 31
# truth: freeze_bn sets only the affine flags, the running statistics of both norms keep moving
import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


class DoubleConv(nn.Sequential):
    def __init__(self, a, b):
        super().__init__(
            nn.Conv2d(a, b, 3, padding=1),
            nn.BatchNorm2d(b),
            nn.ReLU(inplace=True),
            nn.Conv2d(b, b, 3, padding=1),
            nn.BatchNorm2d(b),
        )


class Counter(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = DoubleConv(1, 4)
        self.density = nn.Conv2d(4, 1, 1)

    def freeze_bn(self):
        for m in self.modules():
            if isinstance(m, _BatchNorm):
                m.weight.requires_grad = False
                m.bias.requires_grad = False

    def forward(self, img):
        return self.density(self.body(img)).relu().sum((1, 2, 3))


net = Counter()
net.freeze_bn()
optimizer = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-3)
for epoch in range(3):
    net.train()
    crowd, count = torch.rand(2, 1, 8, 8), torch.tensor([3.0, 5.0])
    loss = (net(crowd) - count).abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    net.eval()
    with torch.no_grad():
        print(epoch, net(crowd).tolist())
