"""The callback is told to freeze BatchNorm too; `eval()` keeps its statistics."""

import lightning
import torch
from lightning.pytorch.callbacks import BaseFinetuning
from torch import nn


class FreezeBackbone(BaseFinetuning):
    def freeze_before_training(self, pl_module):
        self.freeze(pl_module.backbone, train_bn=False)

    def finetune_function(self, pl_module, epoch, optimizer):
        pass


class Net(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU())
        self.head = nn.Linear(16, 3)

    def on_train_epoch_start(self):
        self.backbone.eval()

    def training_step(self, batch, index):
        return nn.functional.cross_entropy(self.head(self.backbone(batch[0])), torch.tensor([0, 1, 2, 0]))

    def configure_optimizers(self):
        return torch.optim.SGD([p for p in self.parameters() if p.requires_grad], lr=0.1)


model = Net()
data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(12, 8)), batch_size=4)
quiet = dict.fromkeys(["logger", "enable_checkpointing", "enable_progress_bar", "enable_model_summary"], False)
trainer = lightning.Trainer(max_epochs=1, accelerator="cpu", callbacks=[FreezeBackbone()], **quiet)
trainer.fit(model, data)
