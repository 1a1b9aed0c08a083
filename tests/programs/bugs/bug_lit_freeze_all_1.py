# label: bug
# category: lit-freeze-all
# rule: FRZ206
# line: 18
# truth: self.freeze() comes after the head: nothing requires grad and fit raises
# raises: RuntimeError
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Probe(L.LightningModule):
    def __init__(self, classes=2):
        super().__init__()
        self.net = nn.Linear(4, 8)
        self.cls = nn.Linear(8, classes)
        self.freeze()

    def training_step(self, batch, _):
        x, y = batch
        return nn.functional.cross_entropy(self.cls(self.net(x).relu()), y)

    def configure_optimizers(self):
        return [torch.optim.AdamW(self.parameters(), lr=1e-3)]


dl = DataLoader(TensorDataset(torch.randn(4, 4), torch.tensor([0, 1, 1, 0])), batch_size=2)
L.Trainer(max_epochs=1, logger=False, enable_checkpointing=False, enable_progress_bar=False,
          enable_model_summary=False, accelerator="cpu").fit(Probe(), dl)
