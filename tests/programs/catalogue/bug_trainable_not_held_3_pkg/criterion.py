import torch
from torch import nn


class WeightedLoss(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.scale = nn.Linear(classes, 1)

    def forward(self, logits, labels):
        each = nn.functional.cross_entropy(logits, labels, reduction="none")
        return (each * torch.sigmoid(self.scale(logits)).squeeze(1)).mean()
