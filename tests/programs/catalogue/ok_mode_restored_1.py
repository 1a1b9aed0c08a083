# label: ok
# category: mode-restored
# rule: FRZ404
# truth: clean; model.* moves
import torch
from torch import nn


def evaluate(model, x):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        return model(x).argmax(1)
    finally:
        torch.set_grad_enabled(before)


model = nn.Linear(4, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(3, 4)), torch.tensor([0, 1, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    evaluate(model, torch.randn(2, 4))
