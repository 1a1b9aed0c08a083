# label: ok
# category: zero-lr-freeze
# rule: FRZ210
# truth: the rate starts at zero and is set by hand at each iteration: a warm-up of all weights, no freeze
import math

import torch
from torch import nn


def lr_at(it, base, warmup, total):
    if it < warmup:
        return base * (it + 1) / warmup
    return 0.5 * base * (1 + math.cos(math.pi * (it - warmup) / (total - warmup)))


class ViTish(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(9, 8)
        self.enc = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True)
        self.fc = nn.Linear(8, 3)

    def forward(self, x):
        return self.fc(self.enc(self.embed(x)).mean(1))


model = ViTish()
optimizer = torch.optim.AdamW(model.parameters(), lr=0.0, weight_decay=0.05)
total = 6
for it in range(total):
    for group in optimizer.param_groups:
        group["lr"] = lr_at(it, 1e-3, 2, total)
    loss = nn.functional.cross_entropy(model(torch.randn(4, 5, 9)), torch.randint(0, 3, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
