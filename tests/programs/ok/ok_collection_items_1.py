# label: ok
# category: items-of-collections
# rule: FRZ107, FRZ108
# truth: clean; 0.* and 2.weight and 4.* stay still, 2.bias and 6.* move
"""Parameters reached by index, by dict key, by tuple position and through state_dict(keep_vars=True)."""
import torch
from torch import nn

mlp = nn.Sequential(
    nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 1)
)

for item in mlp[0].named_parameters():
    item[1].requires_grad = False

by_name = dict(mlp.named_parameters())
by_name["2.weight"].requires_grad = False

for key, value in mlp.state_dict(keep_vars=True).items():
    if key.startswith("4."):
        value.requires_grad = False

tensors = list(mlp.parameters())
tensors[-1].requires_grad = True

params = [p for p in tensors if p.requires_grad]
assert len(params) == 3
optimizer = torch.optim.SGD(params, lr=0.1)
for _ in range(3):
    x = torch.randn(20, 3)
    loss = (mlp(x) - x.sum(1, keepdim=True)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
