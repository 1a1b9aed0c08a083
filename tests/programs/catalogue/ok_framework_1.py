# label: ok
# category: norm-frozen-by-the-callback
# rule: FRZ504, FRZ308, FRZ301
# truth: clean; the backbone is frozen as a whole and runs in eval mode
import lightning as L
import torch
from lightning.pytorch.callbacks import BaseFinetuning
from torch import nn


class Freeze(BaseFinetuning):
    def freeze_before_training(self, pl_module):
        self.freeze(pl_module.backbone, train_bn=False)

    def finetune_function(self, pl_module, epoch, optimizer):
        pass


class Classifier(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.head = nn.Linear(8, 2)

    def on_train_epoch_start(self):
        self.backbone.eval()

    def training_step(self, batch, index):
        return nn.functional.cross_entropy(self.head(self.backbone(batch[0])), batch[1])

    def configure_optimizers(self):
        return torch.optim.SGD([p for p in self.parameters() if p.requires_grad], lr=0.1)


torch.manual_seed(0)
model = Classifier()
data = torch.utils.data.TensorDataset(torch.randn(16, 4) + 1, torch.randint(0, 2, (16,)))
trainer = L.Trainer(max_epochs=2, callbacks=[Freeze()], accelerator="cpu", logger=False, enable_checkpointing=False,
                    enable_progress_bar=False, enable_model_summary=False)
trainer.fit(model, torch.utils.data.DataLoader(data, batch_size=8))
