# label: bug
# category: grad-mode-left-off
# rule: FRZ404
# line: 20
# truth: the sanity check enters no_grad by hand and never leaves it: the first backward raises
# raises: RuntimeError
import torch
from torch import nn


class Runner:
    def __init__(self, model, train_data, val_data):
        self.model = model
        self.train_data, self.val_data = train_data, val_data
        self.optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def before_val(self):
        self.model.eval()
        self._ctx = torch.no_grad()
        self._ctx.__enter__()

    def after_val(self):
        self.model.train()

    def validate(self):
        self.before_val()
        total = sum(self.loss(batch).item() for batch in self.val_data)
        self.after_val()
        return total / len(self.val_data)

    def loss(self, batch):
        x, y = batch
        return nn.functional.mse_loss(self.model(x), y)

    def run(self):
        print("sanity check", self.validate())
        for batch in self.train_data:
            loss = self.loss(batch)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


def make(n):
    return [(torch.randn(4, 3), torch.randn(4, 1)) for _ in range(n)]


Runner(nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1)), make(3), make(1)).run()
