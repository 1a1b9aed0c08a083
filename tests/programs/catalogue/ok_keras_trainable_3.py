# label: ok
# category: keras-trainable
# rule: FRZ109
# truth: a plain configuration object has the attribute; the module itself is frozen by its flags
import torch
from torch import nn


class LayerConfig:
    def __init__(self, width):
        self.width = width
        self.trainable = True


def make(config):
    layer = nn.Linear(3, config.width)
    layer.requires_grad_(config.trainable)
    return layer


config = LayerConfig(7)
config.trainable = False
frozen = make(config)
config.trainable = True
head = nn.Linear(7, 1)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
head(frozen(torch.randn(2, 3))).sum().backward()
optimizer.step()
print([p.requires_grad for p in frozen.parameters()])
