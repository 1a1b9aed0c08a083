# label: ok
# category: mode-left-by-hand
# rule: FRZ404
# truth: clean; model.* moves: the context is left before training
import torch
from torch import nn

model = nn.Linear(4, 2)
quiet = torch.no_grad()
quiet.__enter__()
start = model(torch.ones(1, 4))
quiet.__exit__(None, None, None)

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    loss = (model(torch.randn(3, 4)) - 1).abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
