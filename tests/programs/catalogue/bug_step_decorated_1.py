# label: bug
# category: step-decorated
# rule: FRZ405
# line: 11
# truth: the train step is decorated with no_grad: backward raises at the first step
# raises: RuntimeError
import torch
from torch import nn


@torch.no_grad()
def train_step(model, batch, optimizer):
    x, y = batch
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


model = nn.Linear(4, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    train_step(model, (torch.randn(3, 4), torch.tensor([0, 1, 0])), optimizer)
