# label: ok
# category: onecycle-revives-zero-lr
# rule: FRZ210
# truth: the backbone is frozen and the optimizer holds the head alone: the backbone stands still
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
    optimizer = torch.optim.AdamW(model.head.parameters(), lr=lr)
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
model.backbone.requires_grad_(False)
fit(model, [(torch.randn(4, 6), torch.randint(0, 2, (4,))) for _ in range(3)], 2, 1e-2)
