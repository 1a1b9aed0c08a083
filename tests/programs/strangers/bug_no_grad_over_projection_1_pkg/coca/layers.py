from torch import nn


class PatchEncoder(nn.Module):
    def __init__(self, patch, dim, depth):
        super().__init__()
        self.embed = nn.Linear(patch, dim)
        layer = nn.TransformerEncoderLayer(dim, 2, dim * 2, dropout=0.0, batch_first=True)
        self.blocks = nn.TransformerEncoder(layer, depth)

    def forward(self, x):
        return self.blocks(self.embed(x))
