# label: ok
# category: no-running-stats
# rule: FRZ301
# truth: the frozen norms keep no running statistics and the others are GroupNorm: nothing can drift
import torch
from torch import nn


def norm(kind, ch):
    if kind == "bn":
        return nn.BatchNorm2d(ch, track_running_stats=False)
    if kind == "in":
        return nn.InstanceNorm2d(ch, affine=True)
    return nn.GroupNorm(2, ch)


class Encoder(nn.Module):
    def __init__(self, kinds=("in", "gn")):
        super().__init__()
        layers, c = [], 3
        for k in kinds:
            layers += [nn.Conv2d(c, 4, 3, padding=1), norm(k, 4), nn.ReLU(inplace=True)]
            c = 4
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


encoder, head = Encoder(), nn.Conv2d(4, 2, 1)
for p in encoder.parameters():
    p.requires_grad = False
opt = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(3):
    encoder.train()
    head.train()
    loss = nn.functional.cross_entropy(head(encoder(torch.randn(2, 3, 5, 5))), torch.randint(0, 2, (2, 5, 5)))
    opt.zero_grad()
    loss.backward()
    opt.step()
