# label: bug
# category: group-never-added
# rule: FRZ207
# line: 12
# truth: the list of the head's parameters reaches no optimizer: the head gets gradients and never moves
import torch
from torch import nn

torch.manual_seed(0)
model = nn.ModuleDict({"backbone": nn.Linear(4, 8), "head": nn.Linear(8, 2)})
backbone_params = [p for n, p in model.named_parameters() if n.startswith("backbone")]
head_params = [p for n, p in model.named_parameters() if n.startswith("head")]
optimizer = torch.optim.Adam([{"params": backbone_params, "lr": 1e-3}], lr=1e-2)

for _ in range(4):
    x, y = torch.randn(8, 4), torch.randint(0, 2, (8,))
    loss = nn.functional.cross_entropy(model["head"](model["backbone"](x).relu()), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
