# label: bug
# category: forward-in-context
# rule: FRZ405
# line: 18
# truth: the loss is computed under no_grad: backward raises at the first step
# raises: RuntimeError
import torch
from torch import nn


class Trainer:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
        self.criterion = nn.MSELoss()

    def compute_loss(self, x):
        with torch.no_grad():
            out = self.model(x)
        return self.criterion(out, x)

    def fit(self, n):
        self.model.train()
        for _ in range(n):
            loss = self.compute_loss(torch.randn(4, 6))
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()


Trainer(nn.Sequential(nn.Linear(6, 3), nn.ReLU(), nn.Linear(3, 6))).fit(2)
