# label: ok
# category: explicit-freeze-arg
# rule: FRZ122
# truth: Embedding.from_pretrained is given freeze explicitly, or unfrozen before its group is built
import torch
from torch import nn


class Dual(nn.Module):
    def __init__(self, vectors):
        super().__init__()
        self.static = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.tuned = nn.Embedding.from_pretrained(vectors.clone(), freeze=False)
        self.late = nn.Embedding.from_pretrained(vectors.clone())
        self.out = nn.Linear(3 * vectors.size(1), 2)

    def forward(self, ids):
        e = torch.cat([self.static(ids), self.tuned(ids), self.late(ids)], -1)
        return self.out(e.mean(1))


model = Dual(torch.randn(12, 4))
model.late.weight.requires_grad_(True)
optimizer = torch.optim.Adam([
    {"params": model.tuned.parameters(), "lr": 1e-3},
    {"params": model.late.parameters(), "lr": 1e-3},
    {"params": model.out.parameters()},
], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randint(0, 12, (4, 5))), torch.randint(0, 2, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
