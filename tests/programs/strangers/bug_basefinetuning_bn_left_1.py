# label: bug
# category: basefinetuning-bn-left
# rule: FRZ504
# line: 15
# truth: BaseFinetuning.freeze leaves the BatchNorm of the backbone trainable by default (train_bn=True)
import lightning as L
import torch
from lightning.pytorch.callbacks import BaseFinetuning
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class FreezeBackbone(BaseFinetuning):
    def freeze_before_training(self, pl_module):
        self.freeze(pl_module.backbone)

    def finetune_function(self, pl_module, epoch, optimizer):
        pass


class Lit(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(5, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.head = nn.Linear(8, 2)

    def training_step(self, batch, batch_idx):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.backbone(x)), y)

    def configure_optimizers(self):
        return torch.optim.Adam([p for p in self.parameters() if p.requires_grad], lr=1e-2)


torch.manual_seed(0)
lit = Lit()
trainer = L.Trainer(max_epochs=2, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
                    enable_model_summary=False, callbacks=[FreezeBackbone()])
trainer.fit(lit, DataLoader(TensorDataset(torch.randn(8, 5), torch.randint(0, 2, (8,))), batch_size=4))
