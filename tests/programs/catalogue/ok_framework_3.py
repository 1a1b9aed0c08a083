# label: ok
# category: norm-trained-on-purpose
# rule: FRZ504
# truth: clean; the argument says that BatchNorm is to train
import lightning as L
import torch
from lightning.pytorch.callbacks import BaseFinetuning
from torch import nn


class Net(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8))
        self.head = nn.Linear(8, 2)
        BaseFinetuning.freeze(self.features, train_bn=True)

    def training_step(self, batch, index):
        return self.head(self.features(batch[0])).pow(2).mean()

    def configure_optimizers(self):
        return torch.optim.SGD([p for p in self.parameters() if p.requires_grad], lr=0.1)


torch.manual_seed(0)
net = Net()
trainer = L.Trainer(max_epochs=1, accelerator="cpu", logger=False, enable_checkpointing=False,
                    enable_progress_bar=False, enable_model_summary=False)
trainer.fit(net, torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(8, 4)), batch_size=4))
