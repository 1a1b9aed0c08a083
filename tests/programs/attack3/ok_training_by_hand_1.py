# label: ok
# category: training-by-hand
# rule: FRZ306
# truth: the flag is set on each Dropout itself, a leaf without children: it is off
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.seq = nn.Sequential(nn.Linear(5, 10), nn.GELU(), nn.Dropout(0.4), nn.Linear(10, 10), nn.Dropout(0.4))
        self.out = nn.Linear(10, 1)

    def forward(self, x):
        return self.out(self.seq(x))


def disable_dropout(model):
    for m in model.modules():
        if isinstance(m, nn.Dropout):
            m.training = False


enc = Encoder()
opt = torch.optim.Adam(enc.parameters(), lr=1e-3)
enc.train()
disable_dropout(enc)
x = torch.randn(3, 5)
assert torch.equal(enc(x), enc(x))
for _ in range(3):
    loss = enc(torch.randn(8, 5)).abs().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
