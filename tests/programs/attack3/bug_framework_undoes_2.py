# label: bug
# category: framework-undoes
# rule: FRZ504
# line: 39
# truth: BackboneFinetuning keeps BatchNorm trainable by default: the norms of the backbone train from epoch 0, long before epoch 5
import lightning as L
import torch
from lightning.pytorch.callbacks import BackboneFinetuning
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def backbone():
    return nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 8), nn.BatchNorm1d(8))


class Transfer(L.LightningModule):
    def __init__(self, lr=1e-2):
        super().__init__()
        self.lr = lr
        self.backbone = backbone()
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.backbone(x).relu())

    def training_step(self, batch, i):
        x, y = batch
        return nn.functional.cross_entropy(self(x), y)

    def configure_optimizers(self):
        trainable = filter(lambda p: p.requires_grad, self.parameters())
        return torch.optim.SGD(list(trainable), lr=self.lr, momentum=0.9)


def main():
    model = Transfer()
    dl = DataLoader(TensorDataset(torch.randn(12, 8), torch.randint(0, 2, (12,))), batch_size=6)
    finetune = BackboneFinetuning(unfreeze_backbone_at_epoch=5)
    L.Trainer(max_epochs=2, callbacks=[finetune], accelerator="cpu", logger=False, enable_checkpointing=False,
              enable_progress_bar=False, enable_model_summary=False).fit(model, dl)
    return model


model = main()
