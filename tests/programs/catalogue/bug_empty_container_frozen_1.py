# label: bug
# category: empty-container-frozen
# rule: FRZ124
# line: 13
# truth: the Sequential is still empty when it is frozen; the layers that are added after it train
import torch
from torch import nn


def build(widths, *, frozen):
    net = nn.Sequential()
    if frozen:
        net.requires_grad_(False)
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        net.add_module(f"fc{i}", nn.Linear(a, b))
        net.add_module(f"act{i}", nn.ReLU())
    return net


encoder = build([4, 6, 6], frozen=True)
probe = nn.Linear(6, 2)
optimizer = torch.optim.SGD([*encoder.parameters(), *probe.parameters()], lr=0.1)
for _ in range(2):
    loss = probe(encoder(torch.randn(3, 4))).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
