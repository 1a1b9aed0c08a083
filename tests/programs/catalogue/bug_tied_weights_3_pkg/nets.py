from torch import nn


class Recommender(nn.Module):
    def __init__(self, items):
        super().__init__()
        self.table = nn.Embedding(items, 5)
        self.out = nn.Linear(5, items)

    def share(self):
        setattr(self.out, "weight", self.table.weight)

    def forward(self, item):
        return self.out(self.table(item))
