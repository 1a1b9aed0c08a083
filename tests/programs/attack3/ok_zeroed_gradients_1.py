# label: ok
# category: zeroed-gradients
# rule: FRZ208
# truth: the frozen rows are copied back after each step, so weight decay cannot shift them
import torch
from torch import nn

vocab, new = 12, 2
emb = nn.Embedding(vocab + new, 6)
head = nn.Linear(6, 2)
orig = emb.weight.detach().clone()
index_no_updates = torch.ones(vocab + new, dtype=torch.bool)
index_no_updates[-new:] = False

optimizer = torch.optim.AdamW([*emb.parameters(), *head.parameters()], lr=1e-2, weight_decay=0.05)
for step in range(4):
    ids = torch.randint(0, vocab + new, (4, 5))
    loss = nn.functional.cross_entropy(head(emb(ids).mean(1)), torch.randint(0, 2, (4,)))
    optimizer.zero_grad()
    loss.backward()
    emb.weight.grad[index_no_updates] = 0
    optimizer.step()
    with torch.no_grad():
        emb.weight[index_no_updates] = orig[index_no_updates]
