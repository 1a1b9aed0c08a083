# label: ok
# category: lit-train-override
# rule: FRZ304,FRZ301
# truth: clean
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader


class Frozen(L.Callback):
    def __init__(self, *names):
        self.names = names

    def on_fit_start(self, trainer, pl_module):
        for name in self.names:
            getattr(pl_module, name).eval()

    def on_train_epoch_start(self, trainer, pl_module):
        self.on_fit_start(trainer, pl_module)


class Auto(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3)).requires_grad_(False)
        self.dec = nn.Linear(3, 4)

    def forward(self, x):
        return self.dec(self.enc(x))

    def training_step(self, x, _):
        return (self(x) - x).square().mean()

    def configure_optimizers(self):
        return torch.optim.SGD(self.dec.parameters(), lr=0.1)


model = Auto()
L.Trainer(max_epochs=2, logger=False, enable_checkpointing=False, enable_progress_bar=False, callbacks=[Frozen("enc")],
          enable_model_summary=False, accelerator="cpu").fit(model, DataLoader(torch.randn(8, 4), batch_size=4))
