# label: ok
# category: momentum-zero-bn-freeze
# rule: FRZ308
# truth: the norms are put in eval mode after each train()
import torch
from torch import nn


class FPN(nn.Module):
    def __init__(self, c=4):
        super().__init__()
        self.trunk = nn.Sequential(nn.Conv2d(3, c, 3, 2, 1), nn.BatchNorm2d(c), nn.ReLU())
        self.lateral = nn.Conv2d(c, c, 1)
        self.pred = nn.Conv2d(c, 2, 3, padding=1)

    def forward(self, x):
        return self.pred(self.lateral(self.trunk(x)))


def freeze_norm_stats(module):
    for m in module.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.eval()


torch.manual_seed(0)
net = FPN()
for p in net.trunk.parameters():
    p.requires_grad = False
params = [p for p in net.parameters() if p.requires_grad]
opt = torch.optim.SGD(params, lr=0.05)
for epoch in range(2):
    net.train()
    freeze_norm_stats(net.trunk)
    for _ in range(2):
        img, mask = torch.rand(2, 3, 8, 8), torch.randint(0, 2, (2, 4, 4))
        loss = nn.functional.cross_entropy(net(img), mask)
        opt.zero_grad()
        loss.backward()
        opt.step()
