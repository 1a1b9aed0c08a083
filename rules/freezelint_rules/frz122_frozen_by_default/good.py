"""The argument says that the vectors train."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, vectors):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(vectors, freeze=False)
        self.head = nn.Linear(8, 3)

    def forward(self, words):
        return self.head(self.embedding(words).mean(1))


model = Net(torch.randn(20, 8))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randint(0, 20, (4, 5))), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
