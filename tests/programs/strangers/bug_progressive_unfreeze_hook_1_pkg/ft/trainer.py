import torch
from torch import nn


class Trainer:
    def __init__(self, model, lr, callbacks=()):
        self.model, self.lr, self.callbacks = model, lr, list(callbacks)
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=lr)

    def _train_epoch(self, loader):
        self.model.train()
        for x, y in loader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(x), y)
            loss.backward()
            self.optimizer.step()

    def fit(self, loader, epochs):
        for epoch in range(epochs):
            for cb in self.callbacks:
                cb.on_epoch_start(self, epoch)
            self._train_epoch(loader)
            for cb in self.callbacks:
                cb.on_epoch_end(self, epoch)
