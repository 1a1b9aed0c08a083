# label: bug
# category: lightning-unfreeze-not-optimised
# rule: FRZ203
# line: 33
# truth: the trunk requires grad from the second epoch on, is in no optimizer and does not move
import warnings

import lightning.pytorch as pl
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

warnings.filterwarnings("ignore")


class Tuner(pl.LightningModule):
    def __init__(self, thaw_at=1):
        super().__init__()
        self.thaw_at = thaw_at
        self.trunk = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.head = nn.Linear(16, 2)
        for p in self.trunk.parameters():
            p.requires_grad = False
        self.first = self.trunk[0].weight.detach().clone()

    def training_step(self, batch, batch_idx):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.trunk(x)), y)

    def on_train_epoch_start(self):
        if self.current_epoch == self.thaw_at:
            for p in self.trunk.parameters():
                p.requires_grad = True

    def configure_optimizers(self):
        return torch.optim.SGD([p for p in self.parameters() if p.requires_grad], lr=0.1)


if __name__ == "__main__":
    data = DataLoader(TensorDataset(torch.randn(32, 8), torch.randint(0, 2, (32,))), batch_size=8)
    model = Tuner()
    trainer = pl.Trainer(
        max_epochs=3, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(model, data)
