# label: bug
# category: state-rewritten
# rule: FRZ307
# line: 14
# truth: max_norm rewrites the rows of the frozen embedding in the forward pass
import torch
from torch import nn


class Recommender(nn.Module):
    def __init__(self, users=12, items=15, d=6):
        super().__init__()
        self.user = nn.Embedding(users, d)
        self.item = nn.Embedding(items, d, max_norm=1.0)
        self.mlp = nn.Sequential(nn.Linear(2 * d, 8), nn.ReLU(), nn.Linear(8, 1))

    def forward(self, u, i):
        return self.mlp(torch.cat([self.user(u), self.item(i)], -1)).squeeze(-1)


class ColdStartTrainer:
    def __init__(self, model):
        self.model = model
        self.model.item.weight.requires_grad = False  # items come from the content model
        self.opt = torch.optim.Adagrad([p for p in model.parameters() if p.requires_grad], lr=0.05)

    def fit(self, steps):
        for _ in range(steps):
            u, i, r = torch.randint(0, 12, (16,)), torch.randint(0, 15, (16,)), torch.rand(16)
            loss = nn.functional.mse_loss(self.model(u, i), r)
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()


torch.manual_seed(0)
model = Recommender()
before = model.item.weight.clone()
ColdStartTrainer(model).fit(3)
print("items moved by", (model.item.weight - before).abs().max().item())
