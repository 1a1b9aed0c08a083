# label: ok
# category: norms-without-running-statistics
# rule: FRZ301, FRZ302, FRZ303
# truth: clean; enc.* stay still, dec.* move; the frozen encoder gives the same features in train and in eval mode
"""GroupNorm and plain InstanceNorm have no state, Identity and Dropout(0.0) no randomness."""
import torch
from torch import nn

torch.manual_seed(0)


def block(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.GroupNorm(2, o), nn.SiLU(), nn.Dropout2d(0.0))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(block(1, 4), nn.InstanceNorm2d(4), nn.Identity(), block(4, 8))
        self.dec = nn.Sequential(nn.Conv2d(8, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 1, 1))

    def forward(self, x):
        return self.dec(self.enc(x))


unet = UNet()
for n, p in unet.named_parameters():
    if n.startswith("enc."):
        p.requires_grad = False
unet.enc.eval()

optimizer = torch.optim.Adam([p for p in unet.parameters() if p.requires_grad], lr=1e-3)
loss_fn = nn.BCEWithLogitsLoss()
probe = torch.rand(1, 1, 8, 8)
quiet = unet.enc(probe)
for epoch in range(3):
    unet.train()
    images = torch.rand(2, 1, 8, 8)
    loss = loss_fn(unet(images), (images > 0.5).float())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
assert torch.equal(quiet, unet.enc(probe))
