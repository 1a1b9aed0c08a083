# label: ok
# category: tied-weights
# rule: FRZ123
# truth: the head starts as a copy of the embedding, not tied: freezing one leaves the other free to move
import torch
from torch import nn


class LM(nn.Module):
    def __init__(self, v=18, d=8):
        super().__init__()
        self.tok = nn.Embedding(v, d)
        self.head = nn.Linear(d, v, bias=False)
        self.head.weight = nn.Parameter(self.tok.weight.detach().clone())

    def forward(self, ids):
        return self.head(self.tok(ids))


lm = LM()
lm.tok.weight.requires_grad = False
optimizer = torch.optim.SGD(lm.head.parameters(), lr=0.5)
for step in range(3):
    ids = torch.randint(0, 18, (4, 5))
    logits = lm(ids[:, :-1])
    loss = nn.functional.cross_entropy(logits.transpose(1, 2), ids[:, 1:])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
