# label: ok
# category: all-held
# rule: FRZ211
# truth: the second part joins the optimizer later, through add_param_group
import torch
from torch import nn

torch.manual_seed(0)
stem, head = nn.Linear(3, 3), nn.Linear(3, 1)
opt = torch.optim.SGD(head.parameters(), lr=0.1)
for epoch in range(3):
    if epoch == 1:
        opt.add_param_group({"params": stem.parameters(), "lr": 0.01})
    opt.zero_grad()
    stem.zero_grad()
    head(stem(torch.randn(4, 3)).relu()).mean().backward()
    opt.step()
