from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .layers import PatchEncoder


@dataclass
class CoCaConfig:
    dim: int = 8
    patch: int = 6
    vocab: int = 15
    embed: int = 4
    freeze_vision: bool = True


class CoCa(nn.Module):
    def __init__(self, cfg: CoCaConfig):
        super().__init__()
        self.vision = PatchEncoder(cfg.patch, cfg.dim, 1)
        self.image_proj = nn.Linear(cfg.dim, cfg.embed)
        self.text = nn.EmbeddingBag(cfg.vocab, cfg.dim)
        self.text_proj = nn.Linear(cfg.dim, cfg.embed)
        if cfg.freeze_vision:
            self.vision.requires_grad_(False)
            self.vision.eval()

    def encode_image(self, img):
        with torch.no_grad():
            tokens = self.vision(img)
            out = self.image_proj(tokens.mean(1))
        return F.normalize(out, dim=-1)

    def encode_text(self, ids):
        return F.normalize(self.text_proj(self.text(ids)), dim=-1)

    def forward(self, img, ids):
        sim = self.encode_image(img) @ self.encode_text(ids).t() / 0.07
        y = torch.arange(len(img), device=img.device)
        return (F.cross_entropy(sim, y) + F.cross_entropy(sim.t(), y)) / 2
