# label: bug
# category: name-filter-overmatches
# rule: FRZ113
# line: 24
# truth: "layers.1" takes layers.10 and layers.11 as well: 6 tensors are frozen, not 2
import torch
from torch import nn


class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(12)])
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        for layer in self.layers:
            x = torch.tanh(layer(x))
        return self.out(x)


deep = Deep()
for n, p in deep.named_parameters():
    if "layers.1" in n:
        p.requires_grad = False
optimizer = torch.optim.SGD([p for p in deep.parameters() if p.requires_grad], lr=0.1)
deep(torch.randn(3, 4)).mean().backward()
optimizer.step()
print([n for n, p in deep.named_parameters() if not p.requires_grad])
