# label: ok
# category: gan-by-index
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; g.* and d.weight move in turn (the gradients of d.bias cancel out)
"""Generator and discriminator in separate methods, called by index; freeze of epochs by flag."""
import torch
from torch import nn
class Gan:
    def __init__(self):
        self.g, self.d = nn.Linear(2, 3), nn.Linear(3, 1)
        self.og, self.od = torch.optim.Adam(self.g.parameters()), torch.optim.Adam(self.d.parameters())
        self.fake = None
    def step(self, idx, x):
        if idx == 0:
            self.fake = self.g(torch.randn(len(x), 2))
            return -self.d(self.fake).mean()
        return self.d(self.fake.detach()).mean() - self.d(x).mean()
    def fit(self, n):
        for _ in range(n):
            x = torch.randn(4, 3)
            for idx, opt in enumerate([self.og, self.od]):
                loss = self.step(idx, x)
                opt.zero_grad(); loss.backward(); opt.step()
Gan().fit(3)
