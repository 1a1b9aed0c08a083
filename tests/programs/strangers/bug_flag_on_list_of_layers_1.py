# label: bug
# category: flag-on-list-of-layers
# rule: FRZ107
# line: 32
# truth: the flag is set on the list of layers to freeze, a plain list has no such attribute: AttributeError
# raises: AttributeError
import argparse

import torch
from torch import nn


class TextEncoder(nn.Module):
    def __init__(self, vocab, d, n_layers):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.encoder_layers = nn.ModuleList(
            nn.TransformerEncoderLayer(d, 2, d * 2, dropout=0.0, batch_first=True) for _ in range(n_layers)
        )
        self.pooler = nn.Linear(d, d)
        self.classifier = nn.Linear(d, 2)

    def forward(self, ids):
        h = self.embed(ids)
        for layer in self.encoder_layers:
            h = layer(h)
        return self.classifier(torch.tanh(self.pooler(h[:, 0])))


def freeze_bottom(model, k):
    layers = [model.embed, *model.encoder_layers[:k]]
    layers.requires_grad = False


parser = argparse.ArgumentParser(description="sentiment")
parser.add_argument("--freeze_layers", type=int, default=2)
parser.add_argument("--lr", type=float, default=1e-3)
parser.add_argument("--epochs", type=int, default=2)
opts = parser.parse_args()

torch.manual_seed(0)
m = TextEncoder(20, 8, 4)
freeze_bottom(m, opts.freeze_layers)
no_decay = ("bias", "norm1.weight", "norm2.weight")
groups = [
    {"params": [p for n, p in m.named_parameters() if p.requires_grad and not n.endswith(no_decay)], "weight_decay": 0.01},
    {"params": [p for n, p in m.named_parameters() if p.requires_grad and n.endswith(no_decay)], "weight_decay": 0.0},
]
optimizer = torch.optim.AdamW(groups, lr=opts.lr)
sched = torch.optim.lr_scheduler.LinearLR(optimizer, total_iters=4)
for epoch in range(opts.epochs):
    m.train()
    for _ in range(2):
        ids, y = torch.randint(0, 20, (4, 5)), torch.randint(0, 2, (4,))
        loss = nn.functional.cross_entropy(m(ids), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        sched.step()
