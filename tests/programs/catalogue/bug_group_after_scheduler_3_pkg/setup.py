import torch
from torch.optim import lr_scheduler


def make_optimizer(module, lr=0.1):
    return torch.optim.SGD(module.parameters(), lr=lr)


def make_scheduler(optimizer, period):
    return lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=period)
