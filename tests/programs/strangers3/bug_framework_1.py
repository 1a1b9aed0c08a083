# label: bug
# category: framework
# rule: FRZ504
# line: 18
# truth: BaseFinetuning.freeze leaves the BatchNorm affine parameters of the backbone trainable by default
import logging
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
import lightning.pytorch as pl
from lightning.pytorch.callbacks import BaseFinetuning

logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)


class FreezeBackbone(BaseFinetuning):
    def freeze_before_training(self, pl_module):
        self.freeze(pl_module.backbone)

    def finetune_function(self, pl_module, epoch, optimizer):
        pass


class LitModel(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.head = nn.Linear(4, 2)

    def training_step(self, batch, batch_idx):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.backbone(x)), y)

    def configure_optimizers(self):
        return torch.optim.SGD(filter(lambda p: p.requires_grad, self.parameters()), lr=0.1)


if __name__ == "__main__":
    loader = DataLoader(TensorDataset(torch.randn(8, 1, 6, 6), torch.randint(0, 2, (8,))), batch_size=4)
    model = LitModel()
    trainer = pl.Trainer(max_epochs=1, accelerator="cpu", callbacks=[FreezeBackbone()], logger=False,
                         enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False)
    trainer.fit(model, loader)
