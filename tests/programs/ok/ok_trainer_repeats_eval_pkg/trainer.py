import torch
from torch.nn import functional as F


class Trainer:
    def __init__(self, model, frozen):
        self.model = model
        self.frozen = [model.get_submodule(name) for name in frozen]
        for module in self.frozen:
            module.requires_grad_(False)
        self.opt = torch.optim.Adam((p for p in model.parameters() if p.requires_grad), lr=1e-2)

    def _train_mode(self):
        self.model.train()
        for module in self.frozen:
            module.eval()

    def train(self, batches, epochs):
        for _ in range(epochs):
            self._train_mode()
            for x, y in batches:
                loss = F.cross_entropy(self.model(x).transpose(1, 2), y)
                self.opt.zero_grad()
                loss.backward()
                self.opt.step()
            self.evaluate(batches)

    def evaluate(self, batches):
        self.model.eval()
        with torch.inference_mode():
            return [self.model(x).argmax(-1).eq(y).float().mean().item() for x, y in batches]
