# label: ok
# category: detach-in-place-freezes
# rule: FRZ108
# truth: clean; body.* stay still, tail.* move
import torch
from torch import nn, optim


class Regressor(nn.Module):
    def __init__(self, width=10):
        super(Regressor, self).__init__()
        self.body = nn.Sequential(nn.Linear(1, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh())
        self.tail = nn.Linear(width, 1)

    def forward(self, x):
        return self.tail(self.body(x))


def run(steps=5):
    torch.manual_seed(7)
    net = Regressor()
    for p in net.body.parameters():
        p.detach_()
    trainable = [p for p in net.parameters() if p.requires_grad]
    assert len(trainable) == 2
    opt = optim.Adam(trainable, lr=1e-2)
    x = torch.linspace(-1, 1, 32).unsqueeze(1)
    for _ in range(steps):
        opt.zero_grad()
        (net(x) - x.sin()).pow(2).mean().backward()
        opt.step()
    return net


run()
