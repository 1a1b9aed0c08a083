# label: ok
# category: frozen-mid-training
# rule: FRZ202
# truth: after the freeze a new optimizer of what still trains takes over, and the old one steps no more
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1))


def epoch(optimizer):
    for _ in range(3):
        model(torch.randn(6, 4)).abs().mean().backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)


optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=0.01)
epoch(optimizer)
model[0].requires_grad_(False)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1, momentum=0.9)
epoch(optimizer)
