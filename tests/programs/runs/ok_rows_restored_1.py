# label: ok
# category: rows-restored-after-the-step
# rule: FRZ208, FRZ307
# truth: the rows that must not change are written back after every step
import torch
from torch import nn

KEEP = 6
torch.manual_seed(0)
embedding, out = nn.Embedding(10, 8), nn.Linear(8, 10)
optimizer = torch.optim.AdamW([*embedding.parameters(), *out.parameters()], lr=1e-2)
start = embedding.weight[:KEEP].detach().clone()
for _ in range(3):
    ids = torch.randint(0, 10, (16,))
    optimizer.zero_grad()
    nn.functional.cross_entropy(out(embedding(ids)), ids).backward()
    embedding.weight.grad[:KEEP] = 0
    optimizer.step()
    with torch.no_grad():
        embedding.weight[:KEEP] = start
