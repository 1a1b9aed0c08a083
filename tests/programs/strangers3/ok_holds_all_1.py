# label: ok
# category: holds-all
# rule: FRZ203
# truth: the optimizer was built over all parameters before the unfreezing callback runs: the backbone moves once it is on
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.ReLU())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


def toggle(module, on):
    for p in module.parameters():
        p.requires_grad = on


model = Net()
toggle(model.backbone, False)
optimizer = torch.optim.AdamW([
    {"params": list(model.backbone.parameters()), "lr": 1e-3},
    {"params": list(model.head.parameters()), "lr": 1e-2},
])
for epoch in range(3):
    if epoch == 2:
        toggle(model.backbone, True)
    for _ in range(2):
        loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
