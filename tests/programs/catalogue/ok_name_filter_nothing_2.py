# label: ok
# category: name-filter-nothing
# rule: FRZ111
# truth: the names are those of a model that the caller makes; for the wrapped one of this run module. matches
import torch
from torch import nn


def freeze(model, prefix):
    hits = 0
    for name, p in model.named_parameters():
        if name.startswith(prefix):
            p.requires_grad = False
            hits += 1
    return hits


inner = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 1))
wrapped = nn.DataParallel(inner)
print(freeze(wrapped, "module.0"))
optimizer = torch.optim.SGD(inner[1].parameters(), lr=0.1)
inner(torch.randn(2, 3)).sum().backward()
optimizer.step()
print([p.requires_grad for p in inner.parameters()])
