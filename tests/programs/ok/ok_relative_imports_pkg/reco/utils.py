from torch import nn

__all__ = ["frozen_parameters", "trainable_parameters"]


def init_normal(m):
    if m.__class__.__name__.find("Embedding") != -1:
        nn.init.normal_(m.weight, std=0.5)


def set_trainable(module, flag=True):
    for p in module.parameters():
        p.requires_grad = flag


def trainable_parameters(module):
    """A fresh filter at each call."""
    return filter(lambda p: p.requires_grad, module.parameters())


def frozen_parameters(module):
    return [p for p in module.parameters() if not p.requires_grad]
