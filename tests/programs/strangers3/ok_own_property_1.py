# label: ok
# category: own-property
# rule: FRZ101
# truth: the class has a requires_grad property whose setter sets the parameters: the encoder is frozen and does not move
import torch
from torch import nn


class Freezable(nn.Module):
    @property
    def requires_grad(self):
        return any(p.requires_grad for p in self.parameters())

    @requires_grad.setter
    def requires_grad(self, value):
        for p in self.parameters():
            p.requires_grad = value


class Encoder(Freezable):
    def __init__(self, d=8):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, d), nn.ReLU(), nn.Linear(d, d))

    def forward(self, x):
        return self.net(x)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.encoder(x))


model = Model()
model.encoder.requires_grad = False
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for step in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
