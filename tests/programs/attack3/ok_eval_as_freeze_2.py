# label: ok
# category: eval-as-freeze
# rule: FRZ116
# truth: the perceptual network is in eval and in no optimizer; it stays as it is
import torch
from torch import nn


class PerceptualLoss(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.features = features.eval()

    def forward(self, a, b):
        return nn.functional.l1_loss(self.features(a), self.features(b).detach())


class SRNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 12, 3, padding=1), nn.PixelShuffle(2))

    def forward(self, x):
        return self.net(x)


vgg = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 3))
criterion = PerceptualLoss(vgg)
generator = SRNet()
opt = torch.optim.Adam(generator.parameters(), lr=1e-3)
for _ in range(3):
    hr = torch.rand(2, 3, 8, 8)
    lr = nn.functional.avg_pool2d(hr, 2)
    sr = generator(lr)
    loss = criterion(sr, hr) + 0.1 * nn.functional.mse_loss(sr, hr)
    opt.zero_grad()
    loss.backward()
    opt.step()
