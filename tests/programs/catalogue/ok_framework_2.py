# label: ok
# category: no-batch-norm-below
# rule: FRZ504
# truth: clean; LayerNorm is frozen like the rest of the backbone
import lightning as L
import torch
from lightning.pytorch.callbacks import BackboneFinetuning
from torch import nn


class Net(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.GELU())
        self.head = nn.Linear(8, 2)

    def training_step(self, batch, index):
        return self.head(self.backbone(batch[0])).pow(2).mean()

    def configure_optimizers(self):
        return torch.optim.SGD([p for p in self.parameters() if p.requires_grad], lr=0.1)


torch.manual_seed(0)
net = Net()
trainer = L.Trainer(max_epochs=1, callbacks=[BackboneFinetuning(unfreeze_backbone_at_epoch=5)], accelerator="cpu",
                    logger=False, enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False)
trainer.fit(net, torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(8, 4)), batch_size=4))
