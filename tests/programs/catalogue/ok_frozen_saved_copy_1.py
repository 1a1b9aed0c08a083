# label: ok
# category: frozen-saved-copy
# rule: FRZ125
# truth: the frozen copy keeps the initial weights for a comparison at the end and for the checkpoint
import copy
import io

import torch
from torch import nn

model = nn.Linear(4, 2)
initial = copy.deepcopy(model)
initial.requires_grad_(False)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    loss = model(torch.randn(5, 4)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
drift = sum((a - b).abs().sum() for a, b in zip(model.parameters(), initial.parameters()))
torch.save(initial.state_dict(), io.BytesIO())
