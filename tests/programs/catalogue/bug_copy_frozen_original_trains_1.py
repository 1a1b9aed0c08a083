# label: bug
# category: copy-frozen-original-trains
# rule: FRZ125
# line: 14
# truth: the frozen deep copy is never used; the original goes into the model, with all weights trainable
import copy

import torch
from torch import nn

encoder = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 6))
frozen = copy.deepcopy(encoder)
for p in frozen.parameters():
    p.requires_grad = False
model = nn.Sequential(encoder, nn.Linear(6, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    loss = model(torch.randn(5, 4)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
