# label: bug
# category: module-attr
# rule: FRZ101
# line: 48
# truth: the loop over children() of the encoder sets an attribute on modules: every encoder weight moves
import argparse
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset


def get_args():
    parser = argparse.ArgumentParser("segmentation finetuning")
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--n-classes", type=int, default=3)
    parser.add_argument("--train-encoder", action="store_true")
    return parser.parse_args()


class Encoder(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3, padding=1)
        self.block = nn.Sequential(nn.Conv2d(width, width, 3, padding=1), nn.GroupNorm(2, width), nn.ReLU())

    def forward(self, x):
        return self.block(F.relu(self.stem(x)))


class Segmenter(nn.Module):
    def __init__(self, n_classes):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = nn.Conv2d(8, n_classes, 1)

    def forward(self, x):
        return self.decoder(self.encoder(x))


class Trainer:
    def __init__(self, args):
        self.args = args
        self.model = Segmenter(args.n_classes)
        if not args.train_encoder:
            for param in self.model.encoder.children():
                param.requires_grad = False
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=args.lr, momentum=0.9)
        data = TensorDataset(torch.randn(8, 3, 8, 8), torch.randint(0, args.n_classes, (8, 8, 8)))
        self.loader = DataLoader(data, batch_size=4, shuffle=True)

    def _train_epoch(self, epoch):
        self.model.train()
        total = 0.0
        for images, masks in self.loader:
            self.optimizer.zero_grad()
            loss = F.cross_entropy(self.model(images), masks)
            loss.backward()
            self.optimizer.step()
            total += loss.item()
        return total / len(self.loader)

    def train(self):
        for epoch in range(self.args.epochs):
            print(f"epoch {epoch} loss {self._train_epoch(epoch):.4f}")


if __name__ == "__main__":
    trainer = Trainer(get_args())
    trainer.train()
