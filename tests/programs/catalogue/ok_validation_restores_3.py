# label: ok
# category: restored-by-a-decorator
# rule: FRZ305
# truth: clean; every training forward runs in train mode
import functools

import torch
from torch import nn


def in_eval_mode(method):
    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        training = self.net.training
        self.net.eval()
        try:
            return method(self, *args, **kwargs)
        finally:
            self.net.train(training)

    return wrapper


class Experiment:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 2))
        self.optimizer = torch.optim.Adam(self.net.parameters())
        self.modes = []

    @in_eval_mode
    def validate(self, x):
        with torch.no_grad():
            return self.net(x).mean().item()

    def run(self, epochs):
        for _ in range(epochs):
            self.modes.append(self.net.training)
            self.optimizer.zero_grad()
            self.net(torch.randn(5, 4)).pow(2).sum().backward()
            self.optimizer.step()
            self.validate(torch.randn(5, 4))


torch.manual_seed(0)
experiment = Experiment()
experiment.run(3)
