# label: ok
# category: options-read-through-hparams
# rule: FRZ118, FRZ117, FRZ201, FRZ301
# truth: clean; encoder.* stay still, statistics of encoder.1 stay still, head.* move
"""Lightning-like module on plain torch; the options are collected from the constructor's frame."""
import inspect
from types import SimpleNamespace

import torch
from torch import nn


class LiteModule(nn.Module):
    def save_hyperparameters(self):
        frame = inspect.currentframe().f_back
        values = {k: v for k, v in frame.f_locals.items() if k not in ("self", "__class__")}
        self.hparams = SimpleNamespace(**values)

    def fit(self, batches):
        optimizer = self.configure_optimizers()
        self.on_fit_start()
        for batch in batches:
            optimizer.zero_grad()
            self.training_step(batch).backward()
            optimizer.step()

    def on_fit_start(self): ...


class Classifier(LiteModule):
    def __init__(self, lr: float = 0.1, freeze_encoder: bool = True, num_classes: int = 2):
        super().__init__()
        self.save_hyperparameters()
        self.encoder = nn.Sequential(nn.Linear(5, 6), nn.BatchNorm1d(6), nn.ReLU())
        self.head = nn.Linear(6, num_classes)
        self.encoder.requires_grad_(not self.hparams.freeze_encoder)

    def on_fit_start(self):
        self.train()
        self.encoder.train(not self.hparams.freeze_encoder)

    def forward(self, x):
        return self.head(self.encoder(x))

    def training_step(self, batch):
        x, y = batch
        return nn.functional.cross_entropy(self(x), y)

    def configure_optimizers(self):
        return torch.optim.SGD((p for p in self.parameters() if p.requires_grad), lr=self.hparams.lr)


Classifier().fit([(torch.randn(8, 5), torch.randint(0, 2, (8,))) for _ in range(3)])
