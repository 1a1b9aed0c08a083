import torch
from torch import nn


class LoraLinear(nn.Module):
    def __init__(self, base: nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base
        self.lora_a = nn.Parameter(torch.randn(rank, base.in_features) * 0.1)
        self.lora_b = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.lora_a.T @ self.lora_b.T


def inject(module, targets, rank):
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear) and name in targets:
            setattr(module, name, LoraLinear(child, rank))
        else:
            inject(child, targets, rank)


def mark_only_lora_as_trainable(model, also=()):
    for n, p in model.named_parameters():
        p.requires_grad = "lora_" in n or n.startswith(tuple(f"{a}." for a in also))
