# label: ok
# category: zero-lr-freeze
# rule: FRZ210
# truth: StepLR multiplies, zero stays zero, and the embedder has no norm with statistics: it stands still
import torch
from torch import nn

embedder = nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6))
scorer = nn.Linear(6, 1)
optimizer = torch.optim.SGD([
    {"params": embedder.parameters(), "lr": 0.0},
    {"params": scorer.parameters()},
], lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1)
for epoch in range(5):
    anchor, pos, neg = torch.randn(3, 8, 4).unbind(0)
    gap = scorer(embedder(anchor) * embedder(neg)) - scorer(embedder(anchor) * embedder(pos))
    loss = nn.functional.softplus(gap).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
