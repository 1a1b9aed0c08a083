# label: bug
# category: bn-in-train
# rule: FRZ301
# line: 14
# truth: the frozen discriminator features of the perceptual loss run in train mode because the loss module is a child of the model: their BatchNorm statistics drift
import torch
from torch import nn


class FeatureLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 4, 3))
        self.net.requires_grad_(False)

    def forward(self, a, b):
        return (self.net(a) - self.net(b)).abs().mean()


class SuperRes(nn.Module):
    def __init__(self, with_perceptual=True):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.PReLU(), nn.Conv2d(8, 1, 3, padding=1))
        self.perceptual = FeatureLoss() if with_perceptual else None

    def forward(self, lr):
        return self.body(lr)

    def compute_loss(self, lr, hr):
        sr = self(lr)
        loss = nn.functional.l1_loss(sr, hr)
        if self.perceptual is not None:
            loss = loss + 0.1 * self.perceptual(sr, hr)
        return loss


torch.manual_seed(0)
model = SuperRes()
optimizer = torch.optim.Adam(model.body.parameters(), lr=1e-3)
for epoch in range(2):
    model.train()
    for _ in range(2):
        hr = torch.rand(2, 1, 8, 8)
        loss = model.compute_loss(hr + 0.1 * torch.randn_like(hr), hr)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
