import torch

from .base import BaseTrainer


class Finetuner(BaseTrainer):
    def __init__(self, *args, lr=1e-3, **kwargs):
        super().__init__(*args, **kwargs)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=lr)

    def train_epoch(self, loader):
        self.net.train()
        for x, y in loader:
            loss = torch.nn.functional.mse_loss(self.net(x), y)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
