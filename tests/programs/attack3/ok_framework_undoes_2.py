# label: ok
# category: framework-undoes
# rule: FRZ504
# truth: a Callback of one's own freezes the whole backbone, norms and all, in setup() and keeps it in eval
import lightning.pytorch as pl
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class FreezeBackbone(pl.Callback):
    def setup(self, trainer, pl_module, stage):
        for p in pl_module.backbone.parameters():
            p.requires_grad = False

    def on_train_epoch_start(self, trainer, pl_module):
        pl_module.backbone.eval()


class Regressor(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(5, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.head = nn.Linear(8, 1)

    def training_step(self, batch, _):
        x, y = batch
        return nn.functional.l1_loss(self.head(self.backbone(x)), y)

    def configure_optimizers(self):
        return torch.optim.Adam(self.head.parameters(), lr=1e-2)


reg = Regressor()
dl = DataLoader(TensorDataset(torch.randn(8, 5), torch.randn(8, 1)), batch_size=4)
pl.Trainer(max_epochs=1, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
           enable_model_summary=False, callbacks=[FreezeBackbone()]).fit(reg, dl)
