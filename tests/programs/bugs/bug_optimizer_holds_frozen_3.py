# label: bug
# category: optimizer-holds-frozen
# rule: FRZ201
# line: 29
# truth: configure_optimizers passes all of the module, the frozen extractor sits in it unused
import torch
import torch.nn.functional as F
from torch import nn


class LitLike(nn.Module):
    """Same methods as a LightningModule, driven by a loop of a few lines."""

    def __init__(self, lr: float = 0.02):
        super().__init__()
        self.lr = lr
        self.extractor = nn.Sequential(nn.Conv2d(1, 4, 3), nn.GroupNorm(2, 4), nn.ReLU(), nn.Flatten())
        self.extractor.requires_grad_(False)
        self.classifier = nn.Linear(4 * 16, 3)

    def forward(self, x):
        return self.classifier(self.extractor(x))

    def training_step(self, batch, batch_idx):
        x, y = batch
        return F.cross_entropy(self(x), y)

    def configure_optimizers(self):
        optimizer = torch.optim.SGD(self.parameters(), lr=self.lr, momentum=0.9)
        scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=5)
        return [optimizer], [scheduler]


def fit(module, epochs):
    (opt,), (sched,) = module.configure_optimizers()
    for _ in range(epochs):
        for i in range(2):
            batch = (torch.randn(5, 1, 6, 6), torch.randint(0, 3, (5,)))
            loss = module.training_step(batch, i)
            opt.zero_grad()
            loss.backward()
            opt.step()
        sched.step()


module = LitLike()
fit(module, epochs=2)
