# label: ok
# category: training-by-hand
# rule: FRZ306
# truth: the region head has no mode-dependent child and reads self.training itself to choose what it returns
import torch
from torch import nn


class RegionHead(nn.Module):
    """Returns losses in training, boxes otherwise."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 5, 1)

    def forward(self, feat, target=None):
        y = self.conv(feat)
        if self.training:
            return (y - target).abs().mean()
        return y[:, 4].sigmoid() > 0.5, y[:, :4]


head = RegionHead()
stem = nn.Conv2d(3, 4, 3, padding=1)
opt = torch.optim.SGD([*stem.parameters(), *head.parameters()], lr=0.1)
for it in range(4):
    img = torch.rand(1, 3, 6, 6)
    head.training = True
    loss = head(stem(img), torch.zeros(1, 5, 6, 6))
    opt.zero_grad()
    loss.backward()
    opt.step()
    if it % 2:
        head.training = False
        with torch.no_grad():
            keep, boxes = head(stem(img))
