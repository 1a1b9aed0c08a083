import torch
from config import ModelConfig
from torch import nn


class Multimodal(nn.Module):
    towers = ("vision", "text")

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.config = config
        v, t = config.vision.width, config.text.width
        self.vision = nn.Sequential(nn.Linear(5, v), nn.BatchNorm1d(v), nn.ReLU())
        self.text = nn.EmbeddingBag(12, t)
        self.fusion = nn.Linear(v + t, 2)
        for tower in self.towers:
            trainable = not getattr(config, tower).freeze
            for p in getattr(self, tower).parameters():
                p.requires_grad = trainable

    def train(self, mode: bool = True):
        for name, child in self.named_children():
            frozen = name in self.towers and getattr(self.config, name).freeze
            child.train(mode and not frozen)
        self.training = mode
        return self

    def trainable_parameters(self):
        return [p for p in self.parameters() if p.requires_grad]

    def forward(self, image, ids):
        return self.fusion(torch.cat([self.vision(image), self.text(ids)], dim=1))
