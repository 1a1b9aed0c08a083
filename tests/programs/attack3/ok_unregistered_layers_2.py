# label: ok
# category: unregistered-layers
# rule: FRZ119
# truth: the list only points at layers that are attributes too; the first two stages are frozen through it
import torch
from torch import nn


class Pyramid(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Conv2d(3, 4, 3, 2, 1)
        self.layer2 = nn.Conv2d(4, 4, 3, 2, 1)
        self.layer3 = nn.Conv2d(4, 4, 3, 2, 1)
        self.stages = [self.layer1, self.layer2, self.layer3]
        self.fuse = nn.Conv2d(4, 1, 1)

    def forward(self, x):
        feats = []
        for stage in self.stages:
            x = stage(x).relu()
            feats.append(x)
        top = feats[-1]
        return self.fuse(top + nn.functional.adaptive_avg_pool2d(feats[0], top.shape[-2:]))

    def _freeze_stages(self, n):
        for stage in self.stages[:n]:
            for p in stage.parameters():
                p.requires_grad = False


net = Pyramid()
net._freeze_stages(2)
optim = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = net(torch.rand(2, 3, 16, 16)).mean()
    optim.zero_grad()
    loss.backward()
    optim.step()
