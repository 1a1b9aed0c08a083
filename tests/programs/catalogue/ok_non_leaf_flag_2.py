# label: ok
# category: non-leaf-flag
# rule: FRZ121
# truth: the originals behind a weight-normed and a pruned weight are set, and so are plain biases
import torch
from torch import nn
from torch.nn.utils import prune
from torch.nn.utils.parametrizations import weight_norm

first = weight_norm(nn.Linear(4, 4))
first.parametrizations.weight.original0.requires_grad = False
first.parametrizations.weight.original1.requires_grad = False
first.bias.requires_grad = False
second = nn.Linear(4, 4)
prune.random_unstructured(second, "weight", 0.5)
second.weight_orig.requires_grad_(False)
third = nn.Linear(4, 2)
prune.l1_unstructured(third, "weight", 0.5)
prune.remove(third, "weight")
third.weight.requires_grad = False
optimizer = torch.optim.SGD([second.bias, third.bias], lr=0.1)
third(second(first(torch.randn(3, 4)))).sum().backward()
optimizer.step()
print([p.requires_grad for m in (first, second, third) for p in m.parameters()])
