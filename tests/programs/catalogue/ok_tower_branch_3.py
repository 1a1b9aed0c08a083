# label: ok
# category: tower-branch
# rule: FRZ402, FRZ401
# truth: clean; every second batch runs the backbone with gradients, so it moves
import torch
from torch import nn

backbone, head = nn.Linear(4, 6), nn.Linear(6, 2)
optimizer = torch.optim.SGD([*backbone.parameters(), *head.parameters()], lr=0.1)


def features(x, learn):
    if learn:
        return backbone(x)
    with torch.no_grad():
        return backbone(x)


for step in range(4):
    x, y = torch.randn(3, 4), torch.tensor([0, 1, 1])
    loss = nn.functional.cross_entropy(head(features(x, learn=step % 2 == 1)), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
