# label: ok
# category: lit-callback-unfreeze
# rule: FRZ203
# truth: clean
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class UnfreezeBackbone(L.Callback):
    def __init__(self, at=1):
        self.at = at

    def on_train_epoch_start(self, trainer, pl_module):
        if trainer.current_epoch == self.at:
            new = [p.requires_grad_(True) for p in pl_module.backbone.parameters()]
            trainer.optimizers[0].add_param_group({"params": new, "lr": 1e-2})


class Lit(L.LightningModule):
    def __init__(self, lr=1e-2):
        super().__init__()
        self.save_hyperparameters()
        self.backbone = nn.Sequential(nn.Linear(6, 6), nn.Tanh())
        self.head = nn.Linear(6, 2)
        self.backbone.requires_grad_(False)

    def training_step(self, batch, batch_idx):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.backbone(x)), y)

    def configure_optimizers(self):
        return torch.optim.Adam((p for p in self.parameters() if p.requires_grad), lr=self.hparams.lr)


loader = DataLoader(TensorDataset(torch.randn(8, 6), torch.randint(0, 2, (8,))), batch_size=4)
trainer = L.Trainer(max_epochs=3, callbacks=[UnfreezeBackbone()], logger=False, enable_checkpointing=False,
                    enable_progress_bar=False, enable_model_summary=False, accelerator="cpu")
trainer.fit(Lit(), loader)
