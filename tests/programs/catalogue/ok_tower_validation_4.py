# label: ok
# category: tower-validation
# rule: FRZ402, FRZ405, FRZ404
# truth: clean; net.* moves, validation alone runs without gradients
import torch
from torch import nn


class Runner:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-2)

    def loss(self, x, y):
        return nn.functional.cross_entropy(self.net(x), y)

    @torch.no_grad()
    def validate(self):
        self.net.eval()
        value = self.loss(torch.randn(4, 4), torch.tensor([0, 1, 1, 0]))
        self.net.train()
        return value.item()

    def fit(self):
        for _ in range(3):
            loss = self.loss(torch.randn(4, 4), torch.tensor([0, 1, 1, 0]))
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.validate()


Runner().fit()
