# label: ok
# category: parameter-list
# rule: FRZ101
# truth: prompts of an nn.ParameterList indexed in a comprehension-built dict are parameters: the old tasks' prompts are frozen
import torch
from torch import nn


class L2P(nn.Module):
    def __init__(self, d=8, tasks=3, classes=4):
        super().__init__()
        self.prompts = nn.ParameterList([nn.Parameter(torch.randn(2, d)) for _ in range(tasks)])
        self.proj = nn.Linear(d, d)
        self.head = nn.Linear(d, classes)

    def start_task(self, t):
        for i, prompt in enumerate(self.prompts):
            prompt.requires_grad = i == t

    def forward(self, x, t):
        seq = torch.cat([self.prompts[t].expand(len(x), -1, -1), x], 1)
        return self.head(torch.relu(self.proj(seq)).mean(1))


model = L2P()
before = None
for task in range(2):
    model.start_task(task)
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
    if task == 1:
        before = model.prompts[0].detach().clone()
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(3, 5, 8), task), torch.randint(0, 4, (3,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
