# label: bug
# category: flag-on-copy
# rule: FRZ108
# line: 25
# truth: a deep copy is frozen and dropped, the encoder inside the model trains
from copy import deepcopy

import torch
from torch import nn


class Probe(nn.Module):
    def __init__(self, encoder, classes):
        super().__init__()
        self.encoder = encoder
        self.linear = nn.Linear(8, classes)

    def forward(self, x):
        return self.linear(self.encoder(x))


def linear_probe(encoder: nn.Module, classes: int = 3) -> Probe:
    probe = Probe(encoder, classes)
    frozen = deepcopy(probe.encoder)
    frozen.requires_grad_(False)
    return probe


pretrained = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.ReLU())
probe = linear_probe(pretrained)
optimizer = torch.optim.SGD([{"params": probe.parameters()}], lr=0.1)
x, y = torch.randn(30, 4), torch.randint(0, 3, (30,))
for step in range(3):
    loss = nn.functional.cross_entropy(probe(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
