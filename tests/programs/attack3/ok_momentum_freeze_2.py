# label: ok
# category: momentum-freeze
# rule: FRZ308
# truth: the momentum that is set to zero belongs to the moving average of the target encoder, not to a norm
import copy

import torch
from torch import nn
from torch.nn import functional as F


class MomentumEncoder(nn.Module):
    def __init__(self, online, momentum=0.99):
        super().__init__()
        self.net = copy.deepcopy(online)
        self.momentum = momentum
        for p in self.net.parameters():
            p.requires_grad = False

    @torch.no_grad()
    def update(self, online):
        for t, o in zip(self.net.parameters(), online.parameters()):
            t.data.mul_(self.momentum).add_(o.data, alpha=1 - self.momentum)

    def forward(self, x):
        with torch.no_grad():
            return self.net(x)


online = nn.Sequential(nn.Linear(6, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 4))
predictor = nn.Linear(4, 4)
target = MomentumEncoder(online)
target.momentum = 0.0  # copy at every step
optimizer = torch.optim.Adam([*online.parameters(), *predictor.parameters()], lr=1e-3)
for _ in range(3):
    a, b = torch.randn(2, 8, 6).unbind(0)
    loss = -F.cosine_similarity(predictor(online(a)), target(b), dim=-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    target.update(online)
