# label: ok
# category: lightning-eval
# rule: FRZ302
# truth: Lightning keeps module modes: eval() in the constructor of the LightningModule holds during fit
import logging
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
import lightning.pytorch as pl

logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)


class LitDistill(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.teacher = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.2), nn.Linear(8, 2))
        self.teacher.requires_grad_(False)
        self.teacher.eval()
        self.student = nn.Linear(4, 2)

    def training_step(self, batch, batch_idx):
        (x,) = batch
        with torch.no_grad():
            target = self.teacher(x)
        return nn.functional.mse_loss(self.student(x), target)

    def configure_optimizers(self):
        return torch.optim.Adam(self.student.parameters(), lr=1e-2)


if __name__ == "__main__":
    loader = DataLoader(TensorDataset(torch.randn(8, 4)), batch_size=4)
    lit = LitDistill()
    pl.Trainer(max_epochs=2, accelerator="cpu", logger=False, enable_checkpointing=False,
               enable_progress_bar=False, enable_model_summary=False).fit(lit, loader)
