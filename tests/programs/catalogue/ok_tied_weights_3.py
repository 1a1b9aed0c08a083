# label: ok
# category: tied-weights
# rule: FRZ123
# truth: the tie is cut by a new head before the freeze: the new head trains
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.embed = nn.Embedding(size, 4)
        self.head = nn.Linear(4, size, bias=False)
        self.head.weight = self.embed.weight

    def forward(self, ids):
        return self.head(self.embed(ids))


model = Model(10)
model.head = nn.Linear(4, 3)
for p in model.embed.parameters():
    p.requires_grad = False
optimizer = torch.optim.AdamW(model.head.parameters())
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randint(0, 10, (4,))).sum().backward()
    optimizer.step()
print([p.requires_grad for p in model.parameters()])
