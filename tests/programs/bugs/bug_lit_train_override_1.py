# label: bug
# category: lit-train-override
# rule: FRZ304
# line: 19
# truth: train() of the LightningModule returns nothing: .eval() gives None
# raises: AttributeError
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader


class Auto(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3)).requires_grad_(False)
        self.dec = nn.Linear(3, 4)

    def train(self, mode=True):
        super().train(mode)
        self.enc.eval()

    def forward(self, x):
        return self.dec(self.enc(x))

    def training_step(self, x, _):
        return (self(x) - x).square().mean()

    def configure_optimizers(self):
        return torch.optim.SGD(self.dec.parameters(), lr=0.1)


model = Auto()
L.Trainer(max_epochs=1, logger=False, enable_checkpointing=False, enable_progress_bar=False,
          enable_model_summary=False, accelerator="cpu").fit(model, DataLoader(torch.randn(8, 4), batch_size=4))
print(model.eval().forward(torch.randn(1, 4)))
