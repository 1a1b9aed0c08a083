# label: bug
# category: partly-frozen-bn
# rule: FRZ120
# line: 27
# truth: freeze_batchnorm() freezes the weight of each norm but not its bias, which moves
import torch
from torch import nn


def conv_bn(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))


class CountNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.frontend = nn.Sequential(conv_bn(1, 4), conv_bn(4, 4))
        self.output_layer = nn.Conv2d(4, 1, 1)

    def forward(self, x):
        return self.output_layer(self.frontend(x))

    def freeze_batchnorm(self):
        for module in self.modules():
            if module.__class__.__name__.find("BatchNorm") != -1:
                module.eval()
                module.weight.requires_grad = False

    def train(self, mode=True):
        super().train(mode)
        self.freeze_batchnorm()
        return self


net = CountNet()
net.train()
params = [p for p in net.parameters() if p.requires_grad]
opt = torch.optim.Adam(params, lr=1e-3)
for _ in range(3):
    density = torch.rand(2, 1, 8, 8)
    loss = (net(torch.rand(2, 1, 8, 8)) - density).square().sum()
    opt.zero_grad()
    loss.backward()
    opt.step()
