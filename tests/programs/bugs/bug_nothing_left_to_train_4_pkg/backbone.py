from torch import nn


class FrozenBackbone(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.mix = nn.Linear(dim, dim)
        self.norm = nn.LayerNorm(dim)

    def freeze_all(self):
        self.requires_grad_(False)

    def forward(self, x):
        return self.norm(x + self.mix(x)).mean(1)
