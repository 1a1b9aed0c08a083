# label: ok
# category: checkpoint-frozen-inside
# rule: FRZ406, FRZ401
# truth: clean; the checkpointed trunk is frozen as well, head.* moves
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

stem, trunk, head = nn.Linear(4, 8), nn.Sequential(nn.Linear(8, 8), nn.ReLU()), nn.Linear(8, 2)
for part in (stem, trunk):
    for p in part.parameters():
        p.requires_grad = False
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(3):
    h = checkpoint(trunk, stem(torch.randn(3, 4)), use_reentrant=True)
    loss = nn.functional.cross_entropy(head(h), torch.tensor([0, 1, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
