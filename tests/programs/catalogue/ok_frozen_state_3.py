# label: ok
# category: max-norm-of-a-trained-embedding
# rule: FRZ307
# truth: clean; the embedding with a max_norm trains, the frozen one has none and stays
import torch
from torch import nn


class Recommender(nn.Module):
    def __init__(self, users, items):
        super().__init__()
        self.users = nn.Embedding(users, 4, max_norm=1.0)
        self.items = nn.Embedding(items, 4)
        self.items.weight.requires_grad_(False)

    def forward(self, u, i):
        return (self.users(u) * self.items(i)).sum(1)


torch.manual_seed(0)
model = Recommender(10, 20)
items = model.items.weight.clone()
optimizer = torch.optim.SGD([model.users.weight], lr=0.1)
for _ in range(3):
    u, i = torch.randint(0, 10, (6,)), torch.randint(0, 20, (6,))
    optimizer.zero_grad()
    model(u, i).pow(2).mean().backward()
    optimizer.step()
