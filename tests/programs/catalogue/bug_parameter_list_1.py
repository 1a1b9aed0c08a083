# label: bug
# category: parameter-list
# rule: FRZ114
# line: 27
# truth: the prompts of the first task are frozen, and reset() makes all parameters require grad again: they move with the second task
import torch
from torch import nn


class Prompted(nn.Module):
    def __init__(self, tasks=2, d=6):
        super().__init__()
        self.prompts = nn.ParameterList([nn.Parameter(torch.randn(d)) for _ in range(tasks)])
        self.head = nn.Linear(d, 2)

    def forward(self, x):
        return self.head(x + sum(self.prompts))


def reset(model):
    for p in model.parameters():
        p.requires_grad = True


model = Prompted()
for prompt in model.prompts:
    prompt.requires_grad = False
reset(model)
optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 6)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
