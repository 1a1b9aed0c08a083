# label: ok
# category: byol-online-detached
# rule: FRZ401
# truth: the target is detached alone, the online branch reaches the loss through the predictor
import copy

import torch
import torch.nn.functional as F
from torch import nn


class MLPHead(nn.Module):
    def __init__(self, din, hidden, dout):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(din, hidden), nn.LayerNorm(hidden), nn.ReLU(), nn.Linear(hidden, dout))

    def forward(self, x):
        return self.net(x)


class BYOLLearner(nn.Module):
    def __init__(self, encoder, dim, tau=0.99):
        super().__init__()
        self.online_encoder = nn.Sequential(encoder, MLPHead(dim, 16, 6))
        self.target_encoder = copy.deepcopy(self.online_encoder)
        for p in self.target_encoder.parameters():
            p.requires_grad = False
        self.predictor = MLPHead(6, 16, 6)
        self.tau = tau

    @torch.no_grad()
    def update_target(self):
        for o, t in zip(self.online_encoder.parameters(), self.target_encoder.parameters()):
            t.lerp_(o, 1 - self.tau)

    def half(self, v1, v2):
        z1 = self.online_encoder(v1)
        with torch.no_grad():
            z2 = self.target_encoder(v2)
        p1 = self.predictor(z1)
        return 2 - 2 * F.cosine_similarity(p1, z2.detach(), dim=-1).mean()

    def forward(self, v1, v2):
        return self.half(v1, v2) + self.half(v2, v1)


torch.manual_seed(0)
learner = BYOLLearner(nn.Sequential(nn.Linear(8, 12), nn.ReLU()), 12)
opt = torch.optim.Adam([p for p in learner.parameters() if p.requires_grad], lr=3e-3)
for step in range(4):
    x = torch.randn(8, 8)
    loss = learner(x + 0.1 * torch.randn_like(x), x + 0.1 * torch.randn_like(x))
    opt.zero_grad()
    loss.backward()
    opt.step()
    learner.update_target()
