# label: ok
# category: frozen-replaced
# rule: FRZ115
# truth: the frozen stem is replaced by a deep copy of itself, which keeps requires_grad=False
import copy

import torch
from torch import nn


class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv1d(1, 3, 3), nn.ReLU())
        self.metric = nn.Linear(3, 3)

    def forward(self, a, b):
        fa, fb = self.metric(self.stem(a).mean(-1)), self.metric(self.stem(b).mean(-1))
        return nn.functional.pairwise_distance(fa, fb)


net = Siamese()
for w in net.stem.parameters():
    w.requires_grad = False
# detach from the module that other experiments share
net.stem = copy.deepcopy(net.stem)
opt = torch.optim.Adam(filter(lambda w: w.requires_grad, net.parameters()), lr=1e-2)
for _ in range(3):
    d = net(torch.randn(4, 1, 9), torch.randn(4, 1, 9))
    same = torch.randint(0, 2, (4,)).float()
    loss = (same * d.pow(2) + (1 - same) * (1 - d).clamp(min=0).pow(2)).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
