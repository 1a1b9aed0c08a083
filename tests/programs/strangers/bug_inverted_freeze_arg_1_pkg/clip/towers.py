import math

import torch
from torch import nn
from torch.nn import functional as F

from .utils import freeze_params


class TwoTower(nn.Module):
    def __init__(self, img_dim, txt_vocab, embed_dim, freeze_image=False, freeze_text=False):
        super().__init__()
        self.image = nn.Sequential(nn.Linear(img_dim, 16), nn.GELU(), nn.Linear(16, embed_dim))
        self.text = nn.Sequential(nn.EmbeddingBag(txt_vocab, 16), nn.GELU(), nn.Linear(16, embed_dim))
        self.logit_scale = nn.Parameter(torch.ones([]) * math.log(1 / 0.07))
        if freeze_image:
            freeze_params(self.image)
        if freeze_text:
            freeze_params(self.text)

    def forward(self, image, text):
        i = F.normalize(self.image(image), dim=-1)
        t = F.normalize(self.text(text), dim=-1)
        return self.logit_scale.exp() * i @ t.t()
