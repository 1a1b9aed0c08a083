import torch
from torch import nn


class LitModule(nn.Module):
    def configure_optimizers(self):
        raise NotImplementedError

    def on_train_epoch_start(self):
        """Called before each epoch."""


class Trainer:
    def __init__(self, max_epochs):
        self.max_epochs = max_epochs

    def fit(self, module, train_batches, val_batches):
        optimizer = module.configure_optimizers()
        for _ in range(self.max_epochs):
            module.on_train_epoch_start()
            for i, batch in enumerate(train_batches):
                optimizer.zero_grad()
                module.training_step(batch, i).backward()
                optimizer.step()
            self.validate(module, val_batches)

    def validate(self, module, batches):
        modes = {name: m.training for name, m in module.named_modules()}
        module.eval()
        with torch.no_grad():
            for i, batch in enumerate(batches):
                module.validation_step(batch, i)
        for name, m in module.named_modules():
            m.training = modes[name]
