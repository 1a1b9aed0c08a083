"""`out.weight` is the weight of the embedding, is listed under that name alone, and is frozen with it."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(12, 8)
        self.body = nn.Linear(8, 8)
        self.out = nn.Linear(8, 12)
        self.out.weight = self.embed.weight  # note: FRZ123

    def forward(self, ids):
        return self.out(self.body(self.embed(ids)))


torch.manual_seed(0)
model = Net()
for name, p in model.named_parameters():
    if not name.startswith("out."):
        p.requires_grad = False  # expect: FRZ123
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    ids = torch.randint(0, 12, (4,))
    loss = nn.functional.cross_entropy(model(ids), ids)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
