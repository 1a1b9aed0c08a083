import torch
from torch import nn


class PatchEmbed(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Linear(12, dim)

    def forward(self, x):
        return self.proj(x)


class VisionTransformer(nn.Module):
    def __init__(self, dim=8, patches=4, depth=2):
        super().__init__()
        self.dim = dim
        self.patch_embed = PatchEmbed(dim)
        self.pos_embed = nn.Parameter(torch.zeros(1, patches, dim))
        blocks = [nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, dim), nn.GELU()) for _ in range(depth)]
        self.blocks = nn.Sequential(*blocks)

    def forward_features(self, x):
        x = self.patch_embed(x) + self.pos_embed
        return self.blocks(x).mean(1)
