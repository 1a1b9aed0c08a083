# label: ok
# category: callback-hook-loop
# rule: FRZ203,FRZ302,FRZ301
# truth: clean
import torch
from torch import nn

from callbacks import KeepEval, UnfreezeAt
from trainer import Trainer


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(8)
        self.encoder = nn.Sequential(nn.Linear(8, 8), nn.Tanh())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.encoder(self.norm(x)))


net = Net()
net.encoder.requires_grad_(False)
net.norm.requires_grad_(False)
trainer = Trainer(net, callbacks=[KeepEval("norm"), UnfreezeAt(1, "encoder")], max_epochs=3)
trainer.fit([(torch.randn(4, 8), torch.randint(0, 2, (4,))) for _ in range(2)])
