# label: bug
# category: still-move
# rule: FRZ202
# line: 44
# truth: zero_grad(set_to_none=False) leaves zero gradients: AdamW's momentum and decay move the trunk after it was frozen at epoch 2
import argparse
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(4, 8), nn.Tanh())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.trunk(x))


class Trainer:
    def __init__(self, args):
        self.args = args
        self.model = Model()
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=args.lr, weight_decay=0.1)
        self.loader = DataLoader(TensorDataset(torch.randn(8, 4), torch.randint(0, 2, (8,))), batch_size=4)
        self.at_freeze = None

    def freeze_trunk(self):
        for p in self.model.trunk.parameters():
            p.requires_grad = False
        self.at_freeze = [p.clone() for p in self.model.trunk.parameters()]

    def _train_epoch(self):
        for x, y in self.loader:
            self.optimizer.zero_grad(set_to_none=False)
            nn.functional.cross_entropy(self.model(x), y).backward()
            self.optimizer.step()

    def fit(self):
        for epoch in range(self.args.epochs):
            if epoch == self.args.freeze_epoch:
                self.freeze_trunk()
            self._train_epoch()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--freeze-epoch", type=int, default=2)
    trainer = Trainer(parser.parse_args())
    trainer.fit()
