# label: ok
# category: groups-all-used
# rule: FRZ207
# truth: both lists reach the optimizer, the second through add_param_group
import torch
from torch import nn

torch.manual_seed(0)
model = nn.ModuleDict({"backbone": nn.Linear(4, 8), "head": nn.Linear(8, 2)})
backbone_params = [p for n, p in model.named_parameters() if "backbone" in n]
head_params = [p for n, p in model.named_parameters() if "head" in n]
optimizer = torch.optim.Adam(backbone_params, lr=1e-3)
optimizer.add_param_group({"params": head_params, "lr": 1e-2})
for _ in range(3):
    loss = model["head"](model["backbone"](torch.randn(8, 4))).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
