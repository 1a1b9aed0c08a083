# label: ok
# category: lit-head-in-setup
# rule: FRZ204
# truth: clean
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Lit(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(4, 8), nn.Linear(8, 10)

    def training_step(self, batch, _):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.body(x).tanh()), y)

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=0.01)

    def setup(self, stage):
        self.head = nn.Linear(8, 2)


dl = DataLoader(TensorDataset(torch.randn(4, 4), torch.tensor([0, 1, 1, 0])), batch_size=2)
trainer = L.Trainer(max_epochs=2, logger=False, enable_checkpointing=False, enable_progress_bar=False,
                    enable_model_summary=False, accelerator="cpu")
trainer.fit(model=Lit(), train_dataloaders=dl)
