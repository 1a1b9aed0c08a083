"""The embedding is frozen, so nothing that enters the reentrant checkpoint requires grad: the body gets no gradient."""

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

embedding = nn.Embedding(10, 8)
embedding.weight.requires_grad = False
body = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
head = nn.Linear(8, 3)
optimizer = torch.optim.SGD([*body.parameters(), *head.parameters()], lr=0.1)
for _ in range(2):
    x = embedding(torch.randint(0, 10, (4,)))  # note: FRZ406
    h = checkpoint(body, x, use_reentrant=True)  # expect: FRZ406
    loss = nn.functional.cross_entropy(head(h), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print([p.grad for p in body.parameters()])
