# label: bug
# category: non-leaf-flag
# rule: FRZ121
# line: sparsify.py:9
# truth: after pruning the weight is computed from weight_orig and a mask: requires_grad_(False) on it raises
# raises: RuntimeError
import torch
from sparsify import freeze_pruned, prune_layers
from torch import nn

model = nn.Sequential(nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 2))
layers = [model[0], model[2]]
prune_layers(layers, 0.5)
freeze_pruned(model[0])
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
model(torch.randn(3, 6)).sum().backward()
optimizer.step()
