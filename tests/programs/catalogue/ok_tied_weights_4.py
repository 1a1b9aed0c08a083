# label: ok
# category: tied-weights
# rule: FRZ123
# truth: the part in the middle is frozen; the tied embedding and output train together
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, tie):
        super().__init__()
        self.embed = nn.Embedding(9, 4)
        self.body = nn.Sequential(nn.Linear(4, 4), nn.Tanh())
        self.out = nn.Linear(4, 9)
        if tie:
            self.out.weight = self.embed.weight

    def forward(self, ids):
        return self.out(self.body(self.embed(ids)))


def train(model, steps):
    for name, p in model.named_parameters():
        if name.startswith("body"):
            p.requires_grad_(False)
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        model(torch.randint(0, 9, (2, 5))).sum().backward()
        optimizer.step()


model = Model(tie=True)
train(model, 2)
print({n: p.requires_grad for n, p in model.named_parameters()})
