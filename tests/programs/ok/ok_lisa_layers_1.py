# label: ok
# category: random-layers-per-period
# rule: FRZ201, FRZ203, FRZ206, FRZ114
# truth: clean; embed.* and head.* move, layers.* move
"""LISA: a random subset of the middle layers is awake, a new one every few steps."""
import random

import torch
from torch import nn


class Decoder(nn.Module):
    def __init__(self, n_layers=4, d=8, vocab=20):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.layers = nn.ModuleList(
            [nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d), nn.GELU()) for _ in range(n_layers)]
        )
        self.head = nn.Linear(d, vocab)

    def forward(self, ids):
        h = self.embed(ids)
        for layer in self.layers:
            h = h + layer(h)
        return self.head(h)


def freeze_all_layers(model):
    for layer in model.layers:
        for p in layer.parameters():
            p.requires_grad = False


def switch_active_layers(model, n, rng):
    freeze_all_layers(model)
    for idx in rng.sample(range(len(model.layers)), n):
        for p in model.layers[idx].parameters():
            p.requires_grad = True


rng = random.Random(0)
model = Decoder()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
freeze_all_layers(model)
for step in range(24):
    if step % 2 == 0:
        switch_active_layers(model, 2, rng)
    ids = torch.randint(0, 20, (4, 6))
    loss = nn.functional.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
