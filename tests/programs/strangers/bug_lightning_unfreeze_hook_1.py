# label: bug
# category: lightning-unfreeze-hook
# rule: FRZ203
# line: 27
# truth: on_train_epoch_start sets the encoder free, the optimizer has the head's parameters alone: the encoder never moves
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class LitClassifier(L.LightningModule):
    def __init__(self, lr: float = 1e-2, unfreeze_epoch: int = 1):
        super().__init__()
        self.save_hyperparameters()
        self.encoder = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Linear(12, 12))
        self.head = nn.Linear(12, 3)
        self.criterion = nn.CrossEntropyLoss()
        self._set_encoder(False)

    def _set_encoder(self, trainable: bool):
        for p in self.encoder.parameters():
            p.requires_grad = trainable

    def on_train_epoch_start(self):
        if self.current_epoch == self.hparams.unfreeze_epoch:
            self._set_encoder(True)

    def forward(self, x):
        return self.head(self.encoder(x).relu())

    def _shared_step(self, batch, stage):
        x, y = batch
        loss = self.criterion(self(x), y)
        self.log(f"{stage}/loss", loss)
        return loss

    def training_step(self, batch, batch_idx):
        return self._shared_step(batch, "train")

    def validation_step(self, batch, batch_idx):
        self._shared_step(batch, "val")

    def configure_optimizers(self):
        params = [p for p in self.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(params, lr=self.hparams.lr)
        scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 10)
        return {"optimizer": optimizer, "lr_scheduler": scheduler}


L.seed_everything(0)
ds = TensorDataset(torch.randn(12, 6), torch.randint(0, 3, (12,)))
lit = LitClassifier()
trainer = L.Trainer(max_epochs=3, accelerator="cpu", logger=False, enable_checkpointing=False,
                    enable_progress_bar=False, enable_model_summary=False)
trainer.fit(lit, DataLoader(ds, batch_size=6), DataLoader(ds, batch_size=6))
