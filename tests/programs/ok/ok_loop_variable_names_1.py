# label: ok
# category: loop-variable-named-module
# rule: FRZ101, FRZ107
# truth: clean; trunk.* and neck.* and gate.* stay still, top.* move
import torch
from torch import nn


class Scorer(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Linear(6, 8)
        self.neck = nn.Linear(8, 8)
        self.gate = nn.Linear(8, 8)
        self.top = nn.Linear(8, 1)

    def forward(self, x):
        h = self.neck(self.trunk(x).relu())
        return self.top(h * self.gate(h).sigmoid())


scorer = Scorer()
# Three layers are freezed here; whatever the loop variable is called, it holds a Parameter.
for child in scorer.trunk.parameters():
    child.requires_grad = False
for layer_name, module in scorer.neck.named_parameters():
    module.requires_grad = False
for layer in [*scorer.gate.parameters()]:
    layer.requires_grad = False

optimiser = torch.optim.Adam(scorer.top.parameters(), lr=1e-2)
for _ in range(4):
    loss = scorer(torch.randn(10, 6)).square().mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
