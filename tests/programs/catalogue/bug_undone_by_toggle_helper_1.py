# label: bug
# category: undone-by-toggle
# rule: FRZ114
# line: 28
# truth: the second call of the helper takes the whole net: the encoder requires grad again and moves
import torch
from torch import nn


def set_requires_grad(module, flag):
    for p in module.parameters():
        p.requires_grad = flag


class SegNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(6, 12), nn.ReLU())
        self.decoder = nn.Linear(12, 3)

    def forward(self, x):
        return self.decoder(self.encoder(x))


net = SegNet()
before = net.encoder[0].weight.detach().clone()
set_requires_grad(net.encoder, False)
set_requires_grad(net, True)
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for step in range(3):
    loss = net(torch.randn(4, 6)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
