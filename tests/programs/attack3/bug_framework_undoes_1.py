# label: bug
# category: framework-undoes
# rule: FRZ504
# line: 15
# truth: BaseFinetuning.freeze leaves the affine weights of BatchNorm trainable (train_bn=True): they move
import lightning.pytorch as pl
import torch
from lightning.pytorch.callbacks import BaseFinetuning
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class FreezeFeatures(BaseFinetuning):
    def freeze_before_training(self, pl_module):
        self.freeze(pl_module.features)

    def finetune_function(self, pl_module, epoch, optimizer):
        pass


class Plankton(pl.LightningModule):
    def __init__(self, classes=3):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.classifier = nn.Linear(4, classes)

    def training_step(self, batch, batch_idx):
        x, y = batch
        return nn.functional.cross_entropy(self.classifier(self.features(x)), y)

    def configure_optimizers(self):
        return torch.optim.Adam([p for p in self.parameters() if p.requires_grad], lr=1e-2)


pl.seed_everything(1)
module = Plankton()
data = DataLoader(TensorDataset(torch.rand(8, 1, 7, 7), torch.randint(0, 3, (8,))), batch_size=4)
trainer = pl.Trainer(max_epochs=1, accelerator="cpu", logger=False, enable_checkpointing=False,
                     enable_progress_bar=False, enable_model_summary=False, callbacks=[FreezeFeatures()])
trainer.fit(module, data)
