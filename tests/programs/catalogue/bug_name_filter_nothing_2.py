# label: bug
# category: name-filter-nothing
# rule: FRZ111
# line: 13
# truth: the prefix module. belongs to a wrapped model: 0 of the 4 names match and all flags stay True
import torch
from torch import nn


def freeze_backbone(model: nn.Module):
    frozen = []
    for n, p in model.named_parameters():
        if n.startswith("module.backbone"):
            p.requires_grad = False
            frozen.append(n)
    return frozen


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(6, 6)
        self.head = nn.Linear(6, 1)

    def forward(self, x):
        return self.head(torch.relu(self.backbone(x)))


model = Model()
print(freeze_backbone(model))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    loss = model(torch.randn(4, 6)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print([p.requires_grad for p in model.parameters()])
