# label: ok
# category: attrgetter-unfreeze
# rule: FRZ203
# truth: clean
import itertools
from operator import attrgetter, methodcaller

import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.encoder(x))


def fresh_optimizer(model):
    return torch.optim.AdamW(filter(attrgetter("requires_grad"), model.parameters()), lr=1e-2)


tagger = Tagger()
methodcaller("requires_grad_", False)(tagger.encoder)
optimizer = fresh_optimizer(tagger)
layers = attrgetter("encoder.layers")(tagger)
for step in itertools.count():
    if step == 2:
        for p in layers[-1].parameters():
            p.requires_grad = True
        optimizer = fresh_optimizer(tagger)
    if step == 5:
        break
    loss = nn.functional.cross_entropy(tagger(torch.randn(2, 4, 8)).flatten(0, 1), torch.randint(0, 3, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
