# label: bug
# category: name-filter-nothing
# rule: FRZ111
# line: freezing.py:4
# truth: stage3 exists in no name (the stages are stage1 and stage2): stage2, which was to be frozen last, keeps requires_grad True
import torch
from freezing import freeze_layers
from model import Staged

model = Staged()
freeze_layers(model, ["stem", "stage1", "stage3"])
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
model(torch.randn(2, 5)).sum().backward()
optimizer.step()
print({n: p.requires_grad for n, p in model.named_parameters()})
