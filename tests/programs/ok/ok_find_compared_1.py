# label: ok
# category: find-compared-with-minus-one
# rule: FRZ112
# truth: clean; base.conv.* and base.bn.* stay still, statistics of base.bn stay still, base.fc.* move
import torch
from torch import nn


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.bn = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(self.bn(self.conv(x)).relu().mean((2, 3)))


class Wrapper(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = Base()

    def forward(self, x):
        return self.base(x)


def set_bn_eval(m):
    classname = m.__class__.__name__
    if classname.find("BatchNorm") != -1:
        m.eval()


net = Wrapper()
for name, param in net.named_parameters():
    if name.find("fc") >= 0:
        continue
    if name.find("conv") > -1 or not name.find("bn") == -1:
        param.requires_grad = False

opt = torch.optim.SGD([p for n, p in net.named_parameters() if n.find(".fc.") != -1], lr=0.1)
for _ in range(3):
    net.train()
    net.apply(set_bn_eval)
    loss = nn.functional.cross_entropy(net(torch.randn(4, 3, 6, 6)), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
