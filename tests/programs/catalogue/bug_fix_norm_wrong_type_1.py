# label: bug
# category: fix-norm-wrong-type
# rule: FRZ120
# line: 28
# truth: the model has only BatchNorm1d and the code looks for BatchNorm2d: no norm is put in eval mode
import torch
from torch import nn


class Points(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv1d(3, 6, 1), nn.BatchNorm1d(6), nn.ReLU(), nn.Conv1d(6, 6, 1), nn.BatchNorm1d(6))
        self.out = nn.Linear(6, 2)

    def forward(self, x):
        return self.out(self.net(x).amax(-1))


class Trainer:
    def __init__(self, model):
        self.model = model
        self.optim = torch.optim.SGD(model.parameters(), lr=0.1)

    def fix_batchnorm(self):
        norms = [m for m in self.model.modules() if isinstance(m, nn.BatchNorm2d)]
        for norm in norms:
            norm.eval()

    def epoch(self):
        self.model.train()
        self.fix_batchnorm()
        self.optim.zero_grad()
        self.model(torch.randn(4, 3, 5)).pow(2).mean().backward()
        self.optim.step()


trainer = Trainer(Points())
trainer.epoch()
trainer.epoch()
