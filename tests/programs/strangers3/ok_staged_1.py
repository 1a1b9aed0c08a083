# label: ok
# category: staged
# rule: FRZ114, FRZ203
# truth: two training stages: the freeze is lifted only after the head was trained, and the second stage has a new optimizer
import argparse
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.LayerNorm(8))
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


class Trainer:
    def __init__(self, model, args):
        self.model, self.args = model, args
        ds = TensorDataset(torch.randn(8, 5), torch.randint(0, 3, (8,)))
        self.loader = DataLoader(ds, batch_size=4)

    def configure(self, lr):
        self.optimizer = torch.optim.AdamW([p for p in self.model.parameters() if p.requires_grad], lr=lr)
        self.scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(self.optimizer, T_max=4)

    def set_backbone(self, flag):
        for p in self.model.backbone.parameters():
            p.requires_grad = flag

    def _train_epoch(self):
        self.model.train()
        for x, y in self.loader:
            loss = nn.functional.cross_entropy(self.model(x), y)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
        self.scheduler.step()

    def run(self):
        self.set_backbone(False)
        self.configure(self.args.head_lr)
        for _ in range(self.args.head_epochs):
            self._train_epoch()
        self.set_backbone(True)
        self.configure(self.args.full_lr)
        for _ in range(self.args.full_epochs):
            self._train_epoch()


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--head-lr", type=float, default=1e-2)
    ap.add_argument("--full-lr", type=float, default=1e-3)
    ap.add_argument("--head-epochs", type=int, default=1)
    ap.add_argument("--full-epochs", type=int, default=1)
    trainer = Trainer(Net(), ap.parse_args())
    trainer.run()
