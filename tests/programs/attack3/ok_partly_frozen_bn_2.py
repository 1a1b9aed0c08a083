# label: ok
# category: partly-frozen-bn
# rule: FRZ120
# truth: only BatchNorm2d is named, and the tree holds no other norm with statistics (GroupNorm is left to train)
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self, norm_eval=True):
        super().__init__()
        self.norm_eval = norm_eval
        self.c1, self.b1 = nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4)
        self.c2, self.b2 = nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4)

    def forward(self, x):
        return self.b2(self.c2(self.b1(self.c1(x)).relu())).relu()

    def train(self, mode=True):
        super().train(mode)
        if mode and self.norm_eval:
            for m in self.modules():
                if isinstance(m, nn.BatchNorm2d):
                    m.eval()
                    for p in m.parameters():
                        p.requires_grad = False
        return self


class Seg(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = Backbone()
        self.head = nn.Sequential(nn.Conv2d(4, 4, 1), nn.GroupNorm(2, 4), nn.Conv2d(4, 2, 1))

    def forward(self, x):
        return self.head(self.backbone(x))


seg = Seg().train()
opt = torch.optim.AdamW([p for p in seg.parameters() if p.requires_grad], lr=1e-3)
for _ in range(2):
    loss = nn.functional.cross_entropy(seg(torch.rand(2, 3, 5, 5)), torch.randint(0, 2, (2, 5, 5)))
    opt.zero_grad()
    loss.backward()
    opt.step()
