# label: ok
# category: parameter-called-like-a-module
# rule: FRZ101
# truth: clean; layer and scales.0 stay still, model and scales.1 move
"""Low-rank factorisation: the factors are bare parameters with module-like names."""
import torch
from torch import nn
from torch.nn import Parameter, ParameterList


class Factors(nn.Module):
    def __init__(self, n, m, rank=3):
        super().__init__()
        self.layer = Parameter(torch.randn(n, rank))
        self.model = Parameter(torch.randn(rank, m))
        self.scales = ParameterList([Parameter(torch.ones(rank)) for _ in range(2)])

    def forward(self):
        return (self.layer * self.scales[0] * self.scales[1]) @ self.model


torch.manual_seed(3)
factors = Factors(7, 5)
factors.layer.requires_grad = False
factors.scales[0].requires_grad = False

target = torch.randn(7, 5)
optimizer = torch.optim.Adam((p for p in factors.parameters() if p.requires_grad), lr=0.05)
for i in range(10):
    optimizer.zero_grad()
    loss = (factors() - target).square().mean()
    loss.backward()
    optimizer.step()
assert not factors.layer.requires_grad
