import torch


def sincos(length, dim):
    pos = torch.arange(length).unsqueeze(1) / 10 ** torch.linspace(0, 2, dim // 2)
    return torch.cat([pos.sin(), pos.cos()], dim=1).unsqueeze(0)
