# label: bug
# category: checkpoint-frozen-input
# rule: FRZ406
# line: 29
# truth: reentrant checkpoint_sequential behind a frozen stem: the stages of the checkpointed segment get no gradient
import torch
from torch import nn
from torch.utils import checkpoint as cp


def stage(c):
    return nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.GroupNorm(2, c), nn.ReLU())


class VideoNet(nn.Module):
    def __init__(self, c=4, classes=3, frozen_stages=0, with_cp=True):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3, 2, 1)
        self.stages = nn.Sequential(*[stage(c) for _ in range(4)])
        self.cls_head = nn.Linear(c, classes)
        self.with_cp = with_cp
        if frozen_stages >= 0:
            for p in self.stem.parameters():
                p.requires_grad = False

    def forward(self, x):
        x = self.stem(x)
        if self.with_cp:
            x = cp.checkpoint_sequential(self.stages, 2, x, use_reentrant=True)
        else:
            x = self.stages(x)
        return self.cls_head(x.mean((2, 3)))


def train(net, iters=2):
    optim = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
    for _ in range(iters):
        loss = nn.functional.cross_entropy(net(torch.rand(2, 3, 8, 8)), torch.tensor([0, 2]))
        optim.zero_grad()
        loss.backward()
        optim.step()


net = VideoNet()
train(net)
