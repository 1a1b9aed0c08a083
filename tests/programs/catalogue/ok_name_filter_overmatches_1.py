# label: ok
# category: name-filter-overmatches
# rule: FRZ113
# truth: the dot after the number keeps layers.10 and layers.11 out: 2 tensors are frozen
import torch
from torch import nn

net = nn.Sequential()
net.add_module("layers", nn.Sequential(*[nn.Linear(3, 3) for _ in range(12)]))
for n, p in net.named_parameters():
    if "layers.1." in n:
        p.requires_grad = False
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
net(torch.randn(2, 3)).sum().backward()
optimizer.step()
print([n for n, p in net.named_parameters() if not p.requires_grad])
