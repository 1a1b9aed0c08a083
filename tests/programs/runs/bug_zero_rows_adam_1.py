# label: bug
# category: rows-zeroed-under-adam
# rule: FRZ208
# line: 20
# truth: the rows whose gradients are zeroed are moved by AdamW's weight decay
import torch
from torch import nn

KEEP = 6
torch.manual_seed(0)
embedding, out = nn.Embedding(10, 8), nn.Linear(8, 10)
optimizer = torch.optim.AdamW([*embedding.parameters(), *out.parameters()], lr=1e-2, weight_decay=0.1)
start = embedding.weight[:KEEP].detach().clone()
for _ in range(3):
    ids = torch.randint(0, 10, (16,))
    loss = nn.functional.cross_entropy(out(embedding(ids)), ids)
    optimizer.zero_grad()
    loss.backward()
    # only the new tokens are learnt
    embedding.weight.grad[:KEEP] = 0
    optimizer.step()
