# label: ok
# category: anchored
# rule: FRZ113
# truth: the anchored regular expression takes layer 1 and not layer 10, and the dotted substring neither
import re
import torch
from torch import nn


class Decoder(nn.Module):
    def __init__(self, n=11, d=4):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d, d) for _ in range(n)])

    def forward(self, x):
        for l in self.layers:
            x = x + 0.1 * torch.relu(l(x))
        return x


decoder = Decoder()
frozen_rx = re.compile(r"^layers\.(0|1)\.")
n = 0
for name, p in decoder.named_parameters():
    if frozen_rx.search(name) or "layers.2." in name:
        p.requires_grad = False
        n += 1
print(n, "tensors frozen")
opt = torch.optim.SGD([p for p in decoder.parameters() if p.requires_grad], lr=0.01)
for _ in range(2):
    loss = decoder(torch.randn(3, 4)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
