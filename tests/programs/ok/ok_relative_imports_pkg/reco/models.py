import torch
from torch import nn

from .utils import init_normal


class Ranker(nn.Module):
    def __init__(self, users: int, items: int, dim: int = 6):
        super().__init__()
        self.user = nn.Embedding(users, dim)
        self.item = nn.Embedding(items, dim)
        self.mlp = nn.Sequential(nn.Linear(2 * dim, 8), nn.Tanh(), nn.Linear(8, 1, bias=False))
        self.bias = nn.Parameter(torch.zeros(1))
        self.apply(init_normal)

    def forward(self, u, i):
        return self.mlp(torch.cat([self.user(u), self.item(i)], dim=1)).squeeze(1) + self.bias
