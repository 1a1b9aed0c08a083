# label: ok
# category: both-tied-frozen
# rule: FRZ123
# truth: both sides of the tied weight are meant to be frozen: only the recurrent part is in the optimizer
import torch
from torch import nn


class LM(nn.Module):
    def __init__(self, vocab=20, d=8, tie=True):
        super().__init__()
        self.wte = nn.Embedding(vocab, d)
        self.rnn = nn.GRU(d, d, batch_first=True)
        self.lm_head = nn.Linear(d, vocab, bias=False)
        if tie:
            self.lm_head.weight = self.wte.weight

    def forward(self, ids):
        return self.lm_head(self.rnn(self.wte(ids))[0])


lm = LM()
for module in (lm.wte, lm.lm_head):
    for p in module.parameters():
        p.requires_grad = False
opt = torch.optim.AdamW(lm.rnn.parameters(), lr=1e-2)
for _ in range(2):
    ids = torch.randint(0, 20, (2, 6))
    loss = nn.functional.cross_entropy(lm(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    opt.zero_grad()
    loss.backward()
    opt.step()
