# label: bug
# category: lazy-freeze
# rule: FRZ110
# line: 21
# truth: the generator expression is bound to a name that nothing reads: no flag of the stem changes
import torch
from torch import nn


class Recogniser(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv1d(1, 4, 3)
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        return self.out(self.stem(x).mean(2))


def prepare(model):
    _ = (p.requires_grad_(False) for p in model.stem.parameters())
    return model


model = prepare(Recogniser())
optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(3, 1, 9)).square().mean().backward()
    optimizer.step()
print([p.requires_grad for p in model.stem.parameters()])
