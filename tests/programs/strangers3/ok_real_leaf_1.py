# label: ok
# category: real-leaf
# rule: FRZ108
# truth: the frozen target is a deep copy that is meant to be frozen, and p.detach_() freezes the stem in place
import copy
import torch
from torch import nn


class BYOL(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(6, 8)
        self.online = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 4))
        self.predictor = nn.Linear(4, 4)
        self.target = copy.deepcopy(self.online)
        for p in self.target.parameters():
            p.requires_grad = False
        for p in self.stem.parameters():
            p.detach_()

    @torch.no_grad()
    def ema(self, m=0.95):
        for po, pt in zip(self.online.parameters(), self.target.parameters()):
            pt.mul_(m).add_(po, alpha=1 - m)

    def forward(self, a, b):
        a, b = self.stem(a), self.stem(b)
        with torch.no_grad():
            t = self.target(b)
        return 1 - nn.functional.cosine_similarity(self.predictor(self.online(a)), t).mean()


byol = BYOL()
opt = torch.optim.SGD([p for p in byol.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    x = torch.randn(8, 6)
    loss = byol(x, x + 0.1 * torch.randn_like(x))
    opt.zero_grad()
    loss.backward()
    opt.step()
    byol.ema()
