# label: bug
# category: mode-left-off
# rule: FRZ404
# line: 16
# truth: gradients stay off after the first evaluation: backward raises
# raises: RuntimeError
import torch
from torch import nn

model = nn.Linear(4, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def evaluate():
    model.eval()
    torch.set_grad_enabled(False)
    return model(torch.randn(3, 4)).argmax(1)


print(evaluate())
model.train()
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(3, 4)), torch.tensor([0, 1, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
