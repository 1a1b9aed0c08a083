# label: ok
# category: keras-trainable
# rule: FRZ109
# truth: `trainable` is a field of a plain spec that the builder reads; the stem is frozen and stays
from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class LayerSpec:
    name: str
    width: int
    trainable: bool = True


def build(specs, in_dim):
    model = nn.Sequential()
    for spec in specs:
        block = nn.Sequential(nn.Linear(in_dim, spec.width), nn.Tanh())
        block.requires_grad_(spec.trainable)
        model.add_module(spec.name, block)
        in_dim = spec.width
    return model


specs = [LayerSpec("stem", 8), LayerSpec("mid", 8), LayerSpec("out", 2)]
for spec in specs:
    if spec.name in ("stem",):
        spec.trainable = False

model = build(specs, 4)
optimizer = torch.optim.Adam((p for p in model.parameters() if p.requires_grad), lr=1e-2)
for it in range(3):
    optimizer.zero_grad()
    out = model(torch.randn(8, 4))
    out.square().sum().backward()
    optimizer.step()
print({k: v.requires_grad for k, v in model.named_parameters()})
