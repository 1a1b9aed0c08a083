# label: bug
# category: zero-lr
# rule: FRZ210
# line: 30
# truth: the backbone's group has lr 0, but OneCycleLR's single max_lr brings it to life: the backbone moves
import torch
from torch import nn
from torch.optim.lr_scheduler import OneCycleLR

EPOCHS, STEPS = 2, 4


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 12), nn.GELU(), nn.LayerNorm(12))
        self.head = nn.Linear(12, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


def param_groups(model, head_lr):
    # backbone is frozen with a zero learning rate
    return [{"params": model.backbone.parameters(), "lr": 0.0}, {"params": model.head.parameters(), "lr": head_lr}]


model = Classifier()
optimizer = torch.optim.AdamW(param_groups(model, 1e-3))
scheduler = OneCycleLR(optimizer, max_lr=1e-2, total_steps=EPOCHS * STEPS)
for epoch in range(EPOCHS):
    model.train()
    for step in range(STEPS):
        loss = nn.functional.cross_entropy(model(torch.randn(5, 6)), torch.randint(0, 3, (5,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
