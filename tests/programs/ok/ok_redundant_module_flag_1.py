# label: ok
# category: redundant-flag-beside-real-freeze
# rule: FRZ101, FRZ108
# truth: clean; encoder.* stay still, statistics of encoder.1 stay still, decoder.* move
import torch
from torch import nn


class AutoEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
        self.decoder = nn.Conv2d(4, 1, 3, padding=1)

    def forward(self, x):
        return self.decoder(self.encoder(x))


def freeze(module):
    # the two assignments beside requires_grad_ are habit; the call does the work
    module.requires_grad = False
    module.requires_grad_(False)
    for param in module.parameters():
        param.data.requires_grad = False
    module.eval()


ae = AutoEncoder()
opt = torch.optim.Adam(ae.decoder.parameters(), lr=5e-3)
for epoch in range(3):
    ae.train()
    freeze(ae.encoder)
    x = torch.rand(2, 1, 8, 8)
    loss = (ae(x) - x).abs().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
