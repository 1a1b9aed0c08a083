# label: bug
# category: parent-replaced
# rule: FRZ115
# line: 40
# truth: the frozen first layer sits in the encoder, which is replaced as a whole; nothing is frozen in the end
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Linear(4, dim)
        self.mix = nn.Linear(dim, dim)

    def forward(self, x):
        return self.mix(torch.tanh(self.proj(x)))


class Model(nn.Module):
    def __init__(self, dim=8):
        super().__init__()
        self.encoder = Encoder(dim)
        self.score = nn.Linear(dim, 1)

    def forward(self, x):
        return self.score(self.encoder(x))


def train(model, steps):
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    for _ in range(steps):
        optimizer.zero_grad()
        model(torch.randn(5, 4)).square().mean().backward()
        optimizer.step()


model = Model()
model.encoder.proj.requires_grad_(False)
setattr(model, "encoder", Encoder(8))
train(model, 3)
