# label: bug
# category: unfrozen-not-held
# rule: FRZ203
# line: 50
# truth: progressive unfreezing by stage switches the flags on, but the optimizer holds only what was trainable when it was built
import torch
from torch import nn
import torch.nn.functional as F

config = {
    "optimizer": {"lr": 1e-2, "momentum": 0.9},
    "schedule": {0: ["head"], 1: ["layer3"], 2: ["layer2"]},
    "epochs": 3,
}


class ResidualMLP(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.layer1 = nn.Linear(4, d)
        self.layer2 = nn.Linear(d, d)
        self.layer3 = nn.Linear(d, d)
        self.head = nn.Linear(d, 3)

    def forward(self, x):
        x = F.relu(self.layer1(x))
        x = x + F.relu(self.layer2(x))
        x = x + F.relu(self.layer3(x))
        return self.head(x)


def freeze_all(model):
    for p in model.parameters():
        p.requires_grad_(False)


def unfreeze_stage(model, names):
    for name in names:
        for p in getattr(model, name).parameters():
            p.requires_grad_(True)


model = ResidualMLP()
freeze_all(model)
unfreeze_stage(model, config["schedule"][0])
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], **config["optimizer"])

for epoch in range(config["epochs"]):
    if epoch > 0:
        unfreeze_stage(model, config["schedule"][epoch])
    for _ in range(2):
        loss = F.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 3, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
