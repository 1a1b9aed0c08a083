# label: bug
# category: cut-adapter
# rule: FRZ401
# line: 22
# truth: the adapter below the frozen trunk never gets a gradient (no_grad around the trunk); head.* moves
import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(0)
adapter = nn.Linear(12, 8)
trunk = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16))
head = nn.Linear(16, 3)
for p in trunk.parameters():
    p.requires_grad = False
trunk.eval()

opt = torch.optim.SGD(list(adapter.parameters()) + list(head.parameters()), lr=0.1)
for step in range(3):
    x, y = torch.randn(6, 12), torch.randint(0, 3, (6,))
    z = adapter(x)
    with torch.no_grad():
        z = trunk(z)
    loss = F.cross_entropy(head(z), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
