"""The output layer starts from the same values and has a weight of its own."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(12, 8)
        self.body = nn.Linear(8, 8)
        self.out = nn.Linear(8, 12)
        self.out.weight = nn.Parameter(self.embed.weight.detach().clone())

    def forward(self, ids):
        return self.out(self.body(self.embed(ids)))


torch.manual_seed(0)
model = Net()
for name, p in model.named_parameters():
    if not name.startswith("out."):
        p.requires_grad = False
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    ids = torch.randint(0, 12, (4,))
    loss = nn.functional.cross_entropy(model(ids), ids)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
