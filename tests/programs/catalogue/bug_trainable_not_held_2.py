# label: bug
# category: trainable-not-held
# rule: FRZ211
# line: 27
# truth: the positional table is left out of the optimizer and collects gradients
import torch
from torch import nn


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(20, 8)
        self.positions = nn.Embedding(6, 8)
        self.out = nn.Linear(8, 20)

    def forward(self, ids):
        place = torch.arange(ids.shape[1])
        return self.out(self.tokens(ids) + self.positions(place))


class Trainer:
    def __init__(self, model):
        self.model = model

    def fit(self, steps):
        optimizer = torch.optim.Adam([*self.model.tokens.parameters(), *self.model.out.parameters()], lr=1e-2)
        for _ in range(steps):
            ids = torch.randint(0, 20, (4, 6))
            loss = nn.functional.cross_entropy(self.model(ids).flatten(0, 1), ids.flatten())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


torch.manual_seed(0)
Trainer(Tiny()).fit(3)
