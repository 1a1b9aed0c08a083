# label: ok
# category: tied-weights
# rule: FRZ123
# truth: both names of the tied weight are frozen on purpose, and the optimizer holds the rest
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Embedding(8, 4)
        self.mix = nn.Linear(4, 4)
        self.decoder = nn.Linear(4, 8, bias=False)
        self.decoder.weight = self.encoder.weight

    def forward(self, ids):
        return self.decoder(self.mix(self.encoder(ids)))


model = Model()
model.encoder.requires_grad_(False)
model.decoder.requires_grad_(False)
optimizer = torch.optim.SGD(model.mix.parameters(), lr=0.1)
model(torch.randint(0, 8, (2, 3))).sum().backward()
optimizer.step()
print([p.requires_grad for p in model.parameters()])
