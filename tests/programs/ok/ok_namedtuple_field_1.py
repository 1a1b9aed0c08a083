# label: ok
# category: namedtuple-of-parameters
# rule: FRZ101
# truth: clean; layer* stay still, head* move
"""Functional style: the weights live in a NamedTuple, no nn.Module for the frozen half."""
from typing import NamedTuple

import torch
from torch import Tensor, nn


class Weights(NamedTuple):
    layer: Tensor
    head: Tensor


class Apply(nn.Module):
    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.layer, self.head = weights.layer, weights.head

    def forward(self, x: Tensor) -> Tensor:
        return torch.tanh(x @ self.layer) @ self.head


weights = Weights(layer=nn.Parameter(torch.randn(5, 6)), head=nn.Parameter(torch.randn(6, 1)))
weights.layer.requires_grad = False
net = Apply(weights)
optimizer = torch.optim.SGD([w for w in weights if w.requires_grad], lr=0.05)
for _ in range(5):
    x = torch.randn(16, 5)
    loss = (net(x).squeeze(1) - x[:, 0]).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
