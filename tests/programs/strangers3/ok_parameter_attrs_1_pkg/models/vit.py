from torch import nn
from .base import TokenBase


class ViTClassifier(TokenBase):
    def __init__(self, embed_dim, depth, num_classes, num_tokens=4):
        super().__init__(embed_dim, num_tokens)
        self.patch_embed = nn.Linear(12, embed_dim)
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(embed_dim, 2, 16, dropout=0.0, batch_first=True) for _ in range(depth)
        )
        self.head = nn.Linear(embed_dim, num_classes)

    def freeze_tokens(self):
        self.cls_token.requires_grad = False
        self.pos_embed.requires_grad = False

    def forward(self, x):
        x = self.add_tokens(self.patch_embed(x))
        for blk in self.blocks:
            x = blk(x)
        return self.head(x[:, 0])
