# label: ok
# category: own-flag-class
# rule: FRZ101
# truth: the requires_grad attribute belongs to a plain configuration object that the builder reads: the stem is frozen
import torch
from torch import nn


class LayerSpec:
    def __init__(self, kind, width):
        self.kind, self.width = kind, width
        self.requires_grad = True


def build_layers(specs, cin):
    layers = []
    for spec in specs:
        layer = nn.Linear(cin, spec.width)
        layer.weight.requires_grad = spec.requires_grad
        layer.bias.requires_grad = spec.requires_grad
        layers += [layer, nn.ReLU()]
        cin = spec.width
    return nn.Sequential(*layers[:-1])


stem, mid, head = LayerSpec("linear", 8), LayerSpec("linear", 8), LayerSpec("linear", 2)
stem.requires_grad = False
net = build_layers([stem, mid, head], 4)
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    loss = net(torch.randn(4, 4)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
