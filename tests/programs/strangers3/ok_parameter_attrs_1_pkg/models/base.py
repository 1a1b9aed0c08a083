import torch
from torch import nn


class TokenBase(nn.Module):
    def __init__(self, embed_dim, num_tokens):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, embed_dim))
        self.register_parameter("pos_embed", nn.Parameter(torch.randn(1, num_tokens + 1, embed_dim) * 0.02))

    def add_tokens(self, x):
        return torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed
