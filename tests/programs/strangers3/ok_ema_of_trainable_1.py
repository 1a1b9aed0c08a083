# label: ok
# category: ema-of-trainable
# rule: FRZ307
# truth: the EMA loop skips frozen parameters and writes to the shadow copy only
import torch
from torch import nn


class EMA:
    def __init__(self, model, decay=0.9):
        self.decay = decay
        self.shadow = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, model):
        for n, p in model.named_parameters():
            if p.requires_grad:
                self.shadow[n].mul_(self.decay).add_(p, alpha=1 - self.decay)

    @torch.no_grad()
    def copy_to(self, model):
        for n, p in model.named_parameters():
            if n in self.shadow:
                p.copy_(self.shadow[n])


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.dec = nn.Linear(4, 8), nn.Linear(8, 4)

    def forward(self, x):
        return self.dec(torch.relu(self.enc(x)))


net = Net()
for p in net.enc.parameters():
    p.requires_grad = False
ema = EMA(net)
opt = torch.optim.Adam(net.dec.parameters(), lr=1e-2)
for _ in range(3):
    x = torch.randn(4, 4)
    loss = (net(x) - x).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    ema.update(net)
ema.copy_to(net)
