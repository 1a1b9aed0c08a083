# label: bug
# category: keras-trainable
# rule: FRZ109
# line: 20
# truth: the encoder of the LightningModule gets an attribute `trainable`; its weights train with the rest
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class AudioTagger(L.LightningModule):
    def __init__(self, cfg):
        super().__init__()
        self.save_hyperparameters(cfg)
        self.encoder = nn.Sequential(nn.Conv1d(1, 4, 5, stride=2), nn.GELU(), nn.Conv1d(4, 4, 3), nn.GELU())
        self.head = nn.Linear(4, cfg["n_tags"])
        if cfg.get("freeze_encoder"):
            for param in self.encoder.parameters():
                param.trainable = False

    def forward(self, wav):
        return self.head(self.encoder(wav).mean(-1))

    def training_step(self, batch, idx):
        wav, tags = batch
        return nn.functional.binary_cross_entropy_with_logits(self(wav), tags)

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.hparams.lr)


def main():
    L.seed_everything(0)
    model = AudioTagger({"n_tags": 2, "lr": 1e-3, "freeze_encoder": True})
    ds = TensorDataset(torch.randn(8, 1, 32), torch.randint(0, 2, (8, 2)).float())
    trainer = L.Trainer(max_epochs=1, logger=False, enable_checkpointing=False, enable_progress_bar=False,
                        enable_model_summary=False, accelerator="cpu")
    trainer.fit(model, DataLoader(ds, batch_size=4))


main()
