# label: ok
# category: step-attack
# rule: FRZ405, FRZ407
# truth: clean; the input gets the gradient, the model stands still as meant
import torch
from torch import nn

model = nn.Linear(4, 2).requires_grad_(False)
x = torch.randn(3, 4)
delta = torch.zeros_like(x, requires_grad=True)
for _ in range(3):
    loss = -nn.functional.cross_entropy(model(x + delta), torch.tensor([0, 1, 0]))
    loss.backward()
    with torch.no_grad():
        delta -= 0.1 * delta.grad.sign()
        delta.clamp_(-0.3, 0.3)
    delta.grad = None
