# label: ok
# category: lightning-group
# rule: FRZ203
# truth: on_train_epoch_start adds the unfrozen encoder to the optimizer of the LightningModule
import logging
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
import lightning.pytorch as pl

logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)


class LitModel(pl.LightningModule):
    def __init__(self, lr=1e-2, unfreeze_epoch=1):
        super().__init__()
        self.save_hyperparameters()
        self.encoder = nn.Sequential(nn.Linear(4, 8), nn.ReLU())
        self.head = nn.Linear(8, 2)
        self.encoder.requires_grad_(False)

    def on_train_epoch_start(self):
        if self.current_epoch == self.hparams.unfreeze_epoch:
            self.encoder.requires_grad_(True)
            self.trainer.optimizers[0].add_param_group({"params": self.encoder.parameters(), "lr": self.hparams.lr / 10})

    def training_step(self, batch, batch_idx):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.encoder(x)), y)

    def configure_optimizers(self):
        return torch.optim.Adam([p for p in self.parameters() if p.requires_grad], lr=self.hparams.lr)


if __name__ == "__main__":
    loader = DataLoader(TensorDataset(torch.randn(8, 4), torch.randint(0, 2, (8,))), batch_size=4)
    model = LitModel()
    trainer = pl.Trainer(max_epochs=3, accelerator="cpu", logger=False, enable_checkpointing=False,
                         enable_progress_bar=False, enable_model_summary=False)
    trainer.fit(model, loader)
