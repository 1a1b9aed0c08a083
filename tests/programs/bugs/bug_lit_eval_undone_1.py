# label: bug
# category: lit-eval-undone
# rule: FRZ302
# line: 19
# truth: on_train_epoch_start calls self.train(): the teacher leaves eval and its statistics drift
import lightning.pytorch as pl
import torch
from torch import nn
from torch.utils.data import DataLoader


class Distiller(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.student = nn.Linear(4, 3)
        self.teacher = nn.Sequential(nn.Linear(4, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 3))
        for p in self.teacher.parameters():
            p.requires_grad = False
        self.teacher.eval()

    def on_train_epoch_start(self):
        self.train()

    def training_step(self, x, batch_idx):
        loss = nn.functional.mse_loss(self.student(x), self.teacher(x))
        return loss

    def configure_optimizers(self):
        opt = torch.optim.SGD(self.student.parameters(), lr=0.1)
        return {"optimizer": opt, "lr_scheduler": torch.optim.lr_scheduler.StepLR(opt, 1)}


pl.Trainer(max_epochs=2, logger=False, enable_checkpointing=False, enable_progress_bar=False,
           enable_model_summary=False, accelerator="cpu").fit(Distiller(), DataLoader(torch.randn(8, 4), batch_size=4))
