# label: ok
# category: parameter-list
# rule: FRZ101, FRZ206
# truth: items of a ParameterList and of a ParameterDict are parameters: all but the prompts of the new task are frozen, and those train
import torch
from torch import nn


class Prompted(nn.Module):
    def __init__(self, tasks=("a", "b"), d=6):
        super().__init__()
        self.keys = nn.ParameterDict({task: nn.Parameter(torch.randn(d)) for task in tasks})
        self.prompts = nn.ParameterList()
        for _ in tasks:
            self.prompts.append(nn.Parameter(torch.randn(d)))
        self.body = nn.Linear(d, d)
        self.heads = nn.ModuleDict()
        for task in tasks:
            self.heads[task] = nn.Linear(d, 2)

    def forward(self, x, task):
        x = x + self.keys[task] + self.prompts[sorted(self.keys).index(task)]
        return self.heads[task](torch.relu(self.body(x)))


def only(model, task):
    model.body.requires_grad_(False)
    for name, key in model.keys.items():
        key.requires_grad = name == task
    for number, prompt in enumerate(model.prompts):
        prompt.requires_grad = number == sorted(model.keys).index(task)
    for name in model.heads:
        for p in model.heads[name].parameters():
            p.requires_grad = name == task


model = Prompted()
for task in ("a", "b"):
    only(model, task)
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 6), task), torch.tensor([0, 1, 0, 1]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
