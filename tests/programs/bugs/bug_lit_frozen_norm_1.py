# label: bug
# category: lit-frozen-norm
# rule: FRZ301
# line: 17
# truth: the frozen backbone stays in train mode through fit: its statistics drift
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Finetuner(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        for p in self.backbone.parameters():
            p.requires_grad = False
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.backbone(x))

    def training_step(self, batch, batch_idx):
        x, y = batch
        return nn.functional.cross_entropy(self(x), y)

    def configure_optimizers(self):
        return torch.optim.SGD(self.head.parameters(), lr=0.1)


if __name__ == "__main__":
    data = DataLoader(TensorDataset(torch.randn(8, 1, 6, 6), torch.randint(0, 2, (8,))), batch_size=4)
    L.Trainer(max_epochs=1, logger=False, enable_checkpointing=False, enable_progress_bar=False,
              enable_model_summary=False, accelerator="cpu").fit(Finetuner(), data)
