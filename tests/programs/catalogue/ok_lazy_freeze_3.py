# label: ok
# category: lazy-freeze
# rule: FRZ110
# truth: the map that is dropped only looks at shapes, the freeze is a comprehension that runs
import torch
from torch import nn

model = nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1))
sizes = map(lambda p: p.numel(), model.parameters())
[p.requires_grad_(False) for p in model[0].parameters()]
_, *rest = map(lambda m: m.requires_grad_(True), [model[0].bias, model[2]])
model[0].requires_grad_(False)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
model(torch.randn(2, 3)).sum().backward()
optimizer.step()
print([p.requires_grad for p in model.parameters()])
