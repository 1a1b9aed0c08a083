# label: bug
# category: callback-hook-loop
# rule: FRZ203
# line: callbacks.py:22
# truth: encoder is unfrozen by the callback at epoch 1 but is in no optimizer group and never moves
import torch
from torch import nn

from callbacks import History, UnfreezeAt
from trainer import Trainer


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(8, 8), nn.Tanh())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.encoder(x))


net = Net()
net.encoder.requires_grad_(False)
trainer = Trainer(net, callbacks=[History(), UnfreezeAt(1, "encoder")], max_epochs=3)
trainer.fit([(torch.randn(4, 8), torch.randint(0, 2, (4,))) for _ in range(2)])
