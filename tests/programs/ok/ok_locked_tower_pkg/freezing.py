import torch
from torch import nn


class FixedNorm(nn.Module):
    """What BatchNorm2d computes in eval mode, for good."""

    def __init__(self, bn):
        super().__init__()
        scale = bn.weight.detach() * (bn.running_var + bn.eps).rsqrt()
        self.register_buffer("scale", scale)
        self.register_buffer("shift", bn.bias.detach() - bn.running_mean * scale)

    def forward(self, x):
        return torch.addcmul(self.shift.view(-1, 1, 1), x, self.scale.view(-1, 1, 1))


def freeze_batch_norm_2d(module):
    for name, child in module.named_children():
        if isinstance(child, nn.BatchNorm2d):
            setattr(module, name, FixedNorm(child))
        else:
            freeze_batch_norm_2d(child)
    return module
