# label: ok
# category: checkpoint-not-reentrant
# rule: FRZ406
# truth: clean; embed.* stays still, blocks.* and head.* move
import functools

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

remember = functools.partial(checkpoint, use_reentrant=False)


class Lm(nn.Module):
    def __init__(self, vocab=20, d=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.blocks = nn.Sequential(nn.Linear(d, d), nn.GELU())
        self.head = nn.Linear(d, vocab)

    def forward(self, ids):
        return self.head(remember(self.blocks, self.embed(ids)))


lm = Lm()
lm.embed.requires_grad_(False)
optimizer = torch.optim.AdamW([p for p in lm.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    ids = torch.randint(0, 20, (3, 6))
    loss = nn.functional.cross_entropy(lm(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
