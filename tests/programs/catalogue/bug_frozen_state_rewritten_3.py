# label: bug
# category: hand-written-clamp
# rule: FRZ307
# line: 21
# truth: the weight of the frozen first layer is cut to [-0.05, 0.05]
import torch
from torch import nn


class Runner:
    def __init__(self, model, limit):
        self.model, self.limit = model, limit
        self.model[0].requires_grad_(False)
        self.optimizer = torch.optim.RMSprop([p for p in model.parameters() if p.requires_grad], lr=1e-3)

    def step(self, x):
        self.optimizer.zero_grad()
        self.model(x).mean().backward()
        self.optimizer.step()
        for name, p in self.model.named_parameters():
            p.data.clamp_(-self.limit, self.limit)

    def fit(self, steps):
        for _ in range(steps):
            self.step(torch.randn(4, 5))


torch.manual_seed(0)
runner = Runner(nn.Sequential(nn.Linear(5, 7), nn.Tanh(), nn.Linear(7, 1)), 0.05)
before = runner.model[0].weight.detach().clone()
runner.fit(3)
