# label: ok
# category: freeze-option-ignored
# rule: FRZ118
# truth: save_hyperparameters() takes the option, and configure_model reads it from self.hparams: the trunk is frozen
import lightning.pytorch as pl
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Classifier(pl.LightningModule):
    def __init__(self, dim: int = 6, lr: float = 1e-2, freeze_trunk: bool = True):
        super().__init__()
        self.save_hyperparameters()
        self.trunk = nn.Sequential(nn.Linear(dim, 8), nn.LayerNorm(8), nn.ReLU())
        self.head = nn.Linear(8, 3)
        self._apply_freezing()

    def _apply_freezing(self):
        if self.hparams.freeze_trunk:
            self.trunk.requires_grad_(False)

    def forward(self, x):
        return self.head(self.trunk(x))

    def training_step(self, batch, _):
        x, y = batch
        return nn.functional.cross_entropy(self(x), y)

    def configure_optimizers(self):
        return torch.optim.AdamW([p for p in self.parameters() if p.requires_grad], lr=self.hparams.lr)


clf = Classifier(freeze_trunk=True)
loader = DataLoader(TensorDataset(torch.randn(8, 6), torch.randint(0, 3, (8,))), batch_size=4)
pl.Trainer(max_epochs=1, accelerator="cpu", logger=False, enable_checkpointing=False,
           enable_progress_bar=False, enable_model_summary=False).fit(clf, loader)
