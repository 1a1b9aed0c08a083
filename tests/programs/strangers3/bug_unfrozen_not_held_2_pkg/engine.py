import torch
from torch import nn


def build_optimizer(model, cfg):
    cfg = dict(cfg)
    cls = getattr(torch.optim, cfg.pop("type"))
    return cls((p for p in model.parameters() if p.requires_grad), **cfg)


class Trainer:
    def __init__(self, model, optimizer, callbacks=()):
        self.model, self.optimizer, self.callbacks = model, optimizer, list(callbacks)

    def _call(self, hook, *args):
        for cb in self.callbacks:
            getattr(cb, hook)(self, *args)

    def fit(self, epochs):
        for epoch in range(epochs):
            self._call("on_epoch_start", epoch)
            self.model.train()
            for _ in range(2):
                loss = nn.functional.mse_loss(self.model(torch.randn(4, 6)), torch.zeros(4, 1))
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
