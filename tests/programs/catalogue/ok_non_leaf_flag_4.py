# label: ok
# category: non-leaf-flag
# rule: FRZ121
# truth: the whole layer is frozen before the norm is put on, and its parameters() are set afterwards: nothing raises
import argparse

import torch
from torch import nn
from torch.nn.utils import parametrizations


def build(args):
    layer = nn.Linear(4, 4)
    if args.spectral:
        layer = parametrizations.spectral_norm(layer)
    else:
        layer.weight.requires_grad = False
    for p in layer.parameters():
        p.requires_grad_(False)
    return layer


parser = argparse.ArgumentParser()
parser.add_argument("--spectral", action="store_true")
args = parser.parse_args(["--spectral"])
layer, head = build(args), nn.Linear(4, 1)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
hidden = layer(torch.randn(2, 4))
hidden.requires_grad_(True)
head(hidden).sum().backward()
optimizer.step()
print([p.requires_grad for p in layer.parameters()])
