# label: bug
# category: checkpoint-frozen-input
# rule: FRZ406
# line: 33
# truth: the input of the checkpointed blocks comes from a frozen embedding: the blocks get no gradient, only the head moves
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.ln = nn.LayerNorm(d)
        self.fc = nn.Linear(d, d)

    def forward(self, x):
        return x + self.fc(self.ln(x)).relu()


class GPT(nn.Module):
    def __init__(self, vocab=16, d=8, n=2, gradient_checkpointing=True):
        super().__init__()
        self.wte = nn.Embedding(vocab, d)
        self.h = nn.ModuleList([Block(d) for _ in range(n)])
        self.lm_head = nn.Linear(d, vocab, bias=False)
        self.gradient_checkpointing = gradient_checkpointing

    def forward(self, ids):
        x = self.wte(ids)
        for block in self.h:
            if self.gradient_checkpointing and self.training:
                x = checkpoint(block, x)
            else:
                x = block(x)
        return self.lm_head(x)


model = GPT()
for p in model.wte.parameters():
    p.requires_grad = False
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
model.train()
for _ in range(2):
    ids = torch.randint(0, 16, (2, 9))
    loss = nn.functional.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    opt.zero_grad()
    loss.backward()
    opt.step()
