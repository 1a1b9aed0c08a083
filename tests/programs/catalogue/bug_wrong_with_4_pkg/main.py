# label: bug
# category: wrong-with
# rule: FRZ405
# line: engine.py:7
# truth: evaluation and training share a loop that always disables gradients: backward raises
# raises: RuntimeError
import torch
from torch import nn

from engine import run_epoch

data = [(torch.randn(4, 5), torch.randint(0, 3, (4,))) for _ in range(2)]
model = nn.Linear(5, 3)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    run_epoch(model, data, opt)
    run_epoch(model, data)
