# label: bug
# category: backbone-finetuning-trains-norm
# rule: FRZ504
# line: 30
# truth: train_bn is used when the backbone is unfrozen, not when it is frozen: bn.weight requires a gradient all the same
import pytorch_lightning as pl
import torch
from pytorch_lightning.callbacks import BackboneFinetuning
from torch import nn


class Regressor(pl.LightningModule):
    def __init__(self, width):
        super().__init__()
        self.backbone = nn.ModuleDict({"fc": nn.Linear(3, width), "bn": nn.BatchNorm1d(width)})
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        return self.head(self.backbone["bn"](self.backbone["fc"](x)).relu())

    def training_step(self, batch, _):
        return (self(batch[0]) - 1).pow(2).mean()

    def configure_optimizers(self):
        return torch.optim.SGD([p for p in self.parameters() if p.requires_grad], lr=0.1)


torch.manual_seed(0)
model = Regressor(6)
finetuning = BackboneFinetuning(unfreeze_backbone_at_epoch=50, train_bn=False)
loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(8, 3)), batch_size=4)
trainer = pl.Trainer(
    max_epochs=2, callbacks=[finetuning], accelerator="cpu", logger=False, enable_checkpointing=False,
    enable_progress_bar=False, enable_model_summary=False,
)
trainer.fit(model, loader)
