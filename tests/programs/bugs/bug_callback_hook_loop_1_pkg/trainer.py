import torch
from torch.nn import functional as F


class Trainer:
    def __init__(self, model, callbacks=(), max_epochs=1):
        self.model, self.callbacks, self.max_epochs = model, list(callbacks), max_epochs
        self.optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
        self.epoch, self.last_loss = 0, None

    def call_hook(self, hook, *args):
        for cb in self.callbacks:
            fn = getattr(cb, hook, None)
            if callable(fn):
                fn(self, *args)

    def fit(self, data):
        for self.epoch in range(self.max_epochs):
            self.call_hook("on_epoch_start")
            self.model.train()
            for x, y in data:
                self.optimizer.zero_grad()
                loss = F.cross_entropy(self.model(x), y)
                loss.backward()
                self.optimizer.step()
                self.last_loss = loss.item()
            self.call_hook("on_epoch_end")
