import torch
from torch import nn


class Trainer:
    def __init__(self, model, warmup):
        self.model = model
        self.warmup = warmup
        self.optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)

    def run(self, epochs):
        for epoch in range(epochs):
            x, y = torch.randn(8, 5), torch.randint(0, 2, (8,))
            self.optimizer.zero_grad()
            out = self.model["head"](self.model["stem"](x).relu())
            nn.functional.cross_entropy(out, y).backward()
            if epoch >= self.warmup:
                self.hold_stem()
            self.optimizer.step()

    def hold_stem(self):
        for parameter in self.model["stem"].parameters():
            parameter.grad.zero_()
