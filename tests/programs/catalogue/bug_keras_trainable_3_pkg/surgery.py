from torch import nn


def freeze(module: nn.Module) -> None:
    """As in the notebook that this was ported from."""
    for p in module.parameters():
        p.trainable = False
