# label: bug
# category: checkpoint
# rule: FRZ406
# line: 32
# truth: reentrant checkpointing behind a frozen embedding: the checkpointed layers get no gradient while the head trains
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.fc = nn.Linear(d, d)

    def forward(self, x):
        return x + torch.relu(self.fc(x))


class LM(nn.Module):
    def __init__(self, vocab=20, d=6, depth=2, use_checkpoint=False):
        super().__init__()
        self.use_checkpoint = use_checkpoint
        self.embed = nn.Embedding(vocab, d)
        self.blocks = nn.ModuleList([Block(d) for _ in range(depth)])
        self.head = nn.Linear(d, vocab)

    def forward(self, ids):
        h = self.embed(ids)
        for block in self.blocks:
            if self.use_checkpoint and self.training:
                h = checkpoint(block, h, use_reentrant=True)
            else:
                h = block(h)
        return self.head(h)


lm = LM(use_checkpoint=True)
lm.embed.weight.requires_grad = False
opt = torch.optim.AdamW([p for p in lm.parameters() if p.requires_grad], lr=1e-2, weight_decay=0.0)
lm.train()
for _ in range(2):
    ids = torch.randint(0, 20, (2, 5))
    loss = nn.functional.cross_entropy(lm(ids).flatten(0, 1), ids.flatten())
    opt.zero_grad()
    loss.backward()
    opt.step()
