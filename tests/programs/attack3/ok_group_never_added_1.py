# label: ok
# category: group-never-added
# rule: FRZ207
# truth: both lists are joined before the optimizer gets them; all parts move
import torch
from torch import nn

model = nn.ModuleDict({"enc": nn.Linear(4, 8), "norm": nn.LayerNorm(8), "dec": nn.Linear(8, 4)})

decay, no_decay = [], []
for name, p in model.named_parameters():
    if p.ndim <= 1 or name.endswith(".bias"):
        no_decay.append(p)
    else:
        decay.append(p)
param_groups = [{"params": decay, "weight_decay": 0.05}]
extra = [{"params": no_decay, "weight_decay": 0.0}]

optimizer = torch.optim.AdamW(param_groups + extra, lr=1e-3)
for _ in range(3):
    x = torch.randn(8, 4)
    y = model["dec"](model["norm"](model["enc"](x)).relu())
    loss = nn.functional.mse_loss(y, x)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
