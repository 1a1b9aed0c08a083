# label: ok
# category: non-leaf-flag
# rule: FRZ121
# truth: the features are computed under no_grad or by a frozen part, so they are leaves whose flag may be set
import torch
from torch import nn

backbone, head = nn.Linear(4, 4), nn.Linear(4, 1)
backbone.requires_grad_(False)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(2):
    features = backbone(torch.randn(2, 4))
    features.requires_grad = False
    with torch.no_grad():
        other = head(torch.randn(2, 4))
    other.requires_grad = False
    loss = (head(features) - other).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(features.requires_grad, other.requires_grad)
