# label: bug
# category: backbone-finetuning-trains-norm
# rule: FRZ504
# line: 31
# truth: the weight of the BatchNorm in the backbone requires a gradient and moves although the callback froze the backbone
import lightning as L
import torch
from lightning.pytorch.callbacks import BackboneFinetuning
from torch import nn


class Classifier(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.head = nn.Linear(8, 2)

    def training_step(self, batch, index):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.backbone(x)), y)

    def configure_optimizers(self):
        return torch.optim.SGD(filter(lambda p: p.requires_grad, self.parameters()), lr=0.1)


torch.manual_seed(0)
model = Classifier()
start = model.backbone[1].weight.detach().clone()
data = torch.utils.data.TensorDataset(torch.randn(16, 4) + 1, torch.randint(0, 2, (16,)))
trainer = L.Trainer(
    max_epochs=2, callbacks=[BackboneFinetuning(unfreeze_backbone_at_epoch=10)], accelerator="cpu", logger=False,
    enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
)
trainer.fit(model, torch.utils.data.DataLoader(data, batch_size=8))
