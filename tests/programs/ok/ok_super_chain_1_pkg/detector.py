from torch import nn
from torch.nn import functional as F

from base import StemNet


class Detector(StemNet):
    def __init__(self, classes, **kw):
        super().__init__(**kw)
        self.head = nn.Linear(4, classes)

    def train(self, mode=True):
        return super(Detector, self).train(mode)

    def forward(self, x):
        return self.head(self.stem(x).mean((2, 3)))

    def loss(self, x, y):
        return F.cross_entropy(self(x), y)
