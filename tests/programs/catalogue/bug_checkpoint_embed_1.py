# label: bug
# category: checkpoint-embed
# rule: FRZ406
# line: 20
# truth: blocks.* has grad None at every step, for nothing that enters the checkpoint requires grad; head.* moves
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Lm(nn.Module):
    def __init__(self, vocab=20, d=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.blocks = nn.Sequential(nn.Linear(d, d), nn.GELU(), nn.Linear(d, d))
        self.head = nn.Linear(d, vocab)

    def forward(self, ids):
        h = self.embed(ids)
        h = checkpoint(self.blocks, h)
        return self.head(h)


lm = Lm()
for p in lm.embed.parameters():
    p.requires_grad = False
optimizer = torch.optim.AdamW([p for p in lm.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    ids = torch.randint(0, 20, (3, 6))
    loss = nn.functional.cross_entropy(lm(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
