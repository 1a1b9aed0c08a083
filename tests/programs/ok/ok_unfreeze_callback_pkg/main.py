# label: ok
# category: unfreeze-callback-adds-parameters
# rule: FRZ203, FRZ201, FRZ209, FRZ302
# truth: clean; backbone.* move, head.* move; the backbone stands still until epoch 2
import torch
from callbacks import UnfreezeAtEpoch
from engine import Engine
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.GroupNorm(2, 8), nn.ReLU())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


engine = Engine(Model(), callbacks=[UnfreezeAtEpoch("backbone", epoch=2, lr_scale=0.1)])
engine.fit([(torch.randn(8, 4), torch.randint(0, 2, (8,))) for _ in range(2)], epochs=4)
