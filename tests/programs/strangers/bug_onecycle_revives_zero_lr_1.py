# label: bug
# category: onecycle-revives-zero-lr
# rule: FRZ210
# line: 23
# truth: OneCycleLR with one max_lr gives the group at lr 0 a rate again: the backbone moves
import torch
from torch import nn
from torch.optim.lr_scheduler import OneCycleLR


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.LayerNorm(8))
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


def fit(model, batches, epochs, lr):
    # lr 0 keeps the backbone fixed
    optimizer = torch.optim.AdamW([{"params": model.backbone.parameters(), "lr": 0.0}, {"params": model.head.parameters()}], lr=lr)
    scheduler = OneCycleLR(optimizer, max_lr=lr, total_steps=epochs * len(batches))
    for epoch in range(epochs):
        for x, y in batches:
            loss = nn.functional.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()


torch.manual_seed(0)
model = Model()
fit(model, [(torch.randn(4, 6), torch.randint(0, 2, (4,))) for _ in range(3)], 2, 1e-2)
