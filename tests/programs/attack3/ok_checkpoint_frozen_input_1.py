# label: ok
# category: checkpoint-frozen-input
# rule: FRZ406
# truth: use_reentrant=False: the checkpointed layers get their gradients although the stem is frozen
from functools import partial

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

ckpt = partial(checkpoint, use_reentrant=False)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(5, 8)
        self.layers = nn.ModuleList(nn.Linear(8, 8) for _ in range(3))
        self.out = nn.Linear(8, 1)
        self.stem.requires_grad_(False)

    def forward(self, x):
        x = self.stem(x)
        for layer in self.layers:
            x = ckpt(layer, x).relu()
        return self.out(x)


torch.manual_seed(0)
net = Net()
opt = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = net(torch.randn(8, 5)).sub(1).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
