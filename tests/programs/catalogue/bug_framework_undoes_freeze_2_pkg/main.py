# label: bug
# category: finetuning-callback-trains-norm
# rule: FRZ504
# line: callbacks.py:6
# truth: encoder.1.weight and encoder.1.bias train, its running mean moves
import lightning.pytorch as pl
import torch
from callbacks import FreezeEncoder
from torch import nn


class Net(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv1d(1, 4, 3), nn.BatchNorm1d(4), nn.ReLU(), nn.Flatten())
        self.head = nn.Linear(24, 2)

    def training_step(self, batch, _):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.encoder(x)), y)

    def configure_optimizers(self):
        return torch.optim.Adam([p for p in self.parameters() if p.requires_grad], lr=0.01)


torch.manual_seed(0)
net = Net()
loader = torch.utils.data.DataLoader(
    torch.utils.data.TensorDataset(torch.randn(12, 1, 8), torch.randint(0, 2, (12,))), batch_size=6
)
quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False, "enable_model_summary": False}
trainer = pl.Trainer(max_epochs=2, callbacks=[FreezeEncoder()], accelerator="cpu", **quiet)
trainer.fit(net, loader)
