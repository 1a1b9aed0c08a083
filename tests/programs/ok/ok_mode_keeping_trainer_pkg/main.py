# label: ok
# category: trainer-keeps-modes
# rule: FRZ302, FRZ301, FRZ303, FRZ305
# truth: clean; extractor.* stay still, statistics of extractor.1 stay still, head.* move
"""A fit loop like Lightning's since 2.2: it never calls train() itself and restores each module's mode."""
import torch
from lit import LitModule, Trainer
from torch import nn


class LitClassifier(LitModule):
    def __init__(self, lr=1e-2):
        super().__init__()
        self.lr = lr
        self.extractor = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.2))
        self.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(8, 2))
        self.extractor.eval()
        for p in self.extractor.parameters():
            p.requires_grad = False

    def forward(self, x):
        return self.head(self.extractor(x))

    def training_step(self, batch, batch_idx):
        x, y = batch
        return nn.functional.cross_entropy(self(x), y)

    def validation_step(self, batch, batch_idx):
        self.acc = (self(batch[0]).argmax(1) == batch[1]).float().mean()

    def configure_optimizers(self):
        return torch.optim.Adam(self.head.parameters(), lr=self.lr)


torch.manual_seed(0)
batches = [(torch.randn(8, 6), torch.randint(0, 2, (8,))) for _ in range(3)]
Trainer(max_epochs=2).fit(LitClassifier(), batches, batches[:1])
